struct A: CustomStringConvertible {}
print(A())

struct A {}
struct A {}
print(1)

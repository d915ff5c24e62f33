func f(_ a: Int) -> Int { a }
print(f(a: 1))

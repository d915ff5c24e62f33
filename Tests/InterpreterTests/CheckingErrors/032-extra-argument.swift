func f(a: Int) -> Int { a }
print(f(a: 1, b: 2))

func f(a: Int, b: Int) -> Int { a + b }
print(f(x: 1, y: 2))

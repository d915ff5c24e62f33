func f(a: Int, b: Int) -> Int { a + b }
print(f())

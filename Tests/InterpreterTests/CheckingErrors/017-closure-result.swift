let f: (Int) -> Int = { n in "a" }
print(f(1))

func f() -> Int { 1 }
print(f(1))

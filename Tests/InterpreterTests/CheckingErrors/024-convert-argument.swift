func f(_ n: Int) -> Int { n }
print(f("x"))

func f(_ n: Int) -> Int { n }
let n: Int? = 3
print(f(n))

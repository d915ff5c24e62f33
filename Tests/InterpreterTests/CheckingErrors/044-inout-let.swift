func f(_ n: inout Int) { n += 1 }
let n = 1
f(&n)
print(n)

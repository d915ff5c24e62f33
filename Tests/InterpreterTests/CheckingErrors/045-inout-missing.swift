func f(_ n: inout Int) { n += 1 }
var n = 1
f(n)
print(n)

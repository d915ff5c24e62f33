enum E { case alpha, beta }
let e = E.alpa
print(e)

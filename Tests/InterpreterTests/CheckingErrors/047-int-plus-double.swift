let n = 3
let d = 0.5
let s = n + d
print(s)

let n = 1
let s = n > 0 ? 1 : "a"
print(s)

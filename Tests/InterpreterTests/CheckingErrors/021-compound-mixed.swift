var n = 3
n += 0.5
let d = 0.5
n += d
print(n)

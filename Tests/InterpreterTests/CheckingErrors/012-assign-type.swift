var n = 3
n = "x"
print(n)

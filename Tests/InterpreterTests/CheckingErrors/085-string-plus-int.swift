let n = 3
print("a" + n)

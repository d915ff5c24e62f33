let n: UInt8 = 300
print(n)

let e = .a
print(e)

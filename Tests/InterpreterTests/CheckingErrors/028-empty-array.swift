let xs = []
print(xs)

var xs = [1, 2, 3]
xs.apend(4)
print(xs.cont)

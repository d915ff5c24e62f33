let xs = [1, 2].map { 3 }
print(xs)

let xs: [Int] = [1, "a"]
print(xs)

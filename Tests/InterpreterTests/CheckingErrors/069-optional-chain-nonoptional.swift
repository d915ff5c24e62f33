let s = "a"
print(s?.count ?? 0)

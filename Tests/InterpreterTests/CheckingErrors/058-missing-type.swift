let x: Foo = 3
print(x)

func f(_ x: Int, y: Int = 2) -> Int { x + y }
print(f(1, z: 2))

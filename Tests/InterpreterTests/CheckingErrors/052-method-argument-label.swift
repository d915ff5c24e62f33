struct A { func add(_ x: Int, to y: Int) -> Int { x + y } }
print(A().add(1, 2))

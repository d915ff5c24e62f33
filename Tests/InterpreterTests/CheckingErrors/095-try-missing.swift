struct E: Error {}
func f() throws -> Int { throw E() }
let n = f()
print(n)

struct E: Error {}
func f() throws -> Int { throw E() }
func g() -> Int {
    return try f()
}
print(g())

func g() throws {
    throw "x"
}
try g()

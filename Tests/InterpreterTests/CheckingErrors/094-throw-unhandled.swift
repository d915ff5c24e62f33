struct E: Error {}
func g() {
    throw E()
}
g()

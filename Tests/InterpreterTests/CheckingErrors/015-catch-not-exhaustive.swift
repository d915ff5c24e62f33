struct E: Error {}
func f() throws {}
func g() {
    do {
        try f()
    } catch is E {
        print(1)
    }
}
g()

struct C {
    var n = 0
    func bump() {
        n += 1
    }
}
C().bump()

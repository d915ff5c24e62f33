struct C {
    var n = 0
    mutating func bump() { n += 1 }
}
let c = C()
c.bump()

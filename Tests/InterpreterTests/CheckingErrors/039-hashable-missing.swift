struct A {}
let d: [A: Int] = [:]
print(d.count)

class A {
    var x: Int
    init() {
    }
}
print(A().x)

class A { init() {} }
class B: A {
    var x: Int
    override init() {
        super.init()
        x = 1
    }
}
print(B().x)

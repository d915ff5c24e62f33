class A {
    var x: Int
}
print(A())

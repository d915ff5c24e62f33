struct A { var x: Int { 1 } }
var a = A()
a.x = 2
print(a)

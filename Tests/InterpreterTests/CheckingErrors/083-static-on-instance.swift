struct A { static func f() {} }
A().f()

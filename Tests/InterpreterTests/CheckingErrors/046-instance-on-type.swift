struct A { func f() {} }
A.f()

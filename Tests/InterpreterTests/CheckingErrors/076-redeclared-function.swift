func f() {}
func f() {}
f()

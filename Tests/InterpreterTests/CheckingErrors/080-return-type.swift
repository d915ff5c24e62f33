func f() -> Int {
    return "x"
}
print(f())

func f(n: Int) -> Int {
    n = 3
    return n
}
print(f(n: 1))

func f(_ n: Int?) -> Int {
    guard let m = n else {
        print(1)
    }
    return m
}
print(f(1))

let xs = [1, 2]
xs.forEach { x in
    let s: String = x
    print(s)
}

enum E { case a(Int), b(String) }
func f(_ e: E) -> Int {
    switch e {
    case .a(let n): return n
    }
}
print(f(.a(1)))

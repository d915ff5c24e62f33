/// The generator under every random number: MT19937 (Matsumoto and Nishimura, 1998), seeded with
/// `init_genrand`, as in PyTorch on the CPU and in numpy's legacy generator.
struct MersenneTwister {
  private var state: ContiguousArray<UInt32>
  private var next = 624

  init(seed: UInt32) {
    state = ContiguousArray(repeating: seed, count: 624)
    for i in 1..<624 {
      let before = state[i - 1]
      state[i] = 1_812_433_253 &* (before ^ (before >> 30)) &+ UInt32(i)
    }
  }

  /// The next 32 bits.
  mutating func word() -> UInt32 {
    if next == 624 { refill() }
    var y = state[next]
    next += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  private mutating func refill() {
    state.withUnsafeMutableBufferPointer { s in
      for i in 0..<624 {
        let y = (s[i] & 0x8000_0000) | (s[(i + 1) % 624] & 0x7fff_ffff)
        s[i] = s[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
      }
    }
    next = 0
  }
}

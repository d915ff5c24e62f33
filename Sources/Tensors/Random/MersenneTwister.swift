/// The generator under every random number: MT19937 (Matsumoto and Nishimura, 1998), seeded with
/// `init_genrand`, as in PyTorch on the CPU and in numpy's legacy generator, or with several words,
/// as in Python's `random`.
package struct MersenneTwister {
  private var state: ContiguousArray<UInt32>
  private var next = 624

  package init(seed: UInt32) {
    state = ContiguousArray(repeating: seed, count: 624)
    for i in 1..<624 {
      let before = state[i - 1]
      state[i] = 1_812_433_253 &* (before ^ (before >> 30)) &+ UInt32(i)
    }
  }

  /// A generator from one or more words (`init_by_array`).
  package init(key: [UInt32]) {
    self.init(seed: 19_650_218)
    // Place 0 is no step of the walk: behind the last place comes 1, with the last one's value in 0.
    var i = 1
    func wrap(_ s: inout ContiguousArray<UInt32>) {
      i += 1
      guard i == 624 else { return }
      s[0] = s[623]
      i = 1
    }
    for k in 0..<max(624, key.count) {
      let j = k % key.count
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_664_525
      state[i] = (state[i] ^ mixed) &+ key[j] &+ UInt32(j)
      wrap(&state)
    }
    for _ in 1..<624 {
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_566_083_941
      state[i] = (state[i] ^ mixed) &- UInt32(i)
      wrap(&state)
    }
    state[0] = 0x8000_0000
  }

  /// The next 32 bits.
  package mutating func word() -> UInt32 {
    if next == 624 { refill() }
    var y = state[next]
    next += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  /// The next 64 bits, the first word being the high half.
  package mutating func long() -> UInt64 {
    let high = UInt64(word())
    return high << 32 | UInt64(word())
  }

  /// Uniform in [0, 1) with 53 bits of two words, as numpy and Python draw it.
  package mutating func uniform53() -> Double {
    let high = Double(word() >> 5)
    return (high * 0x1p26 + Double(word() >> 6)) * 0x1p-53
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

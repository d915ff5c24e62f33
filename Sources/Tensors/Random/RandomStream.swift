#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// PyTorch's CPU random stream: the same seed gives the same numbers, in the same order of draws.
///
/// The rules were checked against recorded values (Tests/Golden/rng.json); `word` below is one
/// output of the generator, a long draw takes two, the first one being the high half.
package struct RandomStream {
  private var twister: MersenneTwister
  /// The second normal of a Box-Muller pair waits here for the next single draw.
  private var waitingNormal: Double?

  /// The stream that unqualified calls draw from.
  package nonisolated(unsafe) static var shared = RandomStream(seed: 5489)

  /// A stream from the low 32 bits of `seed`.
  package init(seed: Int) { twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed)) }

  package mutating func word() -> UInt32 { twister.word() }

  package mutating func long() -> UInt64 { twister.long() }

  /// Uniform in [0, 1) with 24 bits: one word.
  package mutating func uniform() -> Float { Float(word() & 0xff_ffff) * 0x1p-24 }

  /// Uniform in [0, 1) with 53 bits: two words.
  package mutating func uniform53() -> Double { Double(long() & (1 << 53 - 1)) * 0x1p-53 }

  /// Uniform over the non-negative Int64: two words.
  package mutating func seed63() -> Int { Int(truncatingIfNeeded: long() & (1 << 63 - 1)) }

  /// An integer in `low ..< low + span`: one word, or two for a span of 2³² and more.
  package mutating func integer(_ low: Int, span: UInt) -> Int {
    let draw = span >= 1 << 32 ? UInt(long()) : UInt(word())
    return low &+ Int(bitPattern: draw % span)
  }

  /// One normal number (Box-Muller in double): four words for a pair, of which the second is kept.
  package mutating func normal() -> Double {
    if let waiting = waitingNormal {
      waitingNormal = nil
      return waiting
    }
    let angle = 2 * Double.pi * uniform53()
    let radius = (-2 * log1p(-uniform53())).squareRoot()
    waitingNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  /// A draw from the exponential distribution of mean 1: two words.
  package mutating func exponential() -> Double { -log1p(-uniform53()) }

  /// 0 ..< count in random order: count - 1 words.
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in 0..<max(count - 1, 0) { order.swapAt(i, i + integer(0, span: UInt(count - i))) }
    return order
  }
}

extension RandomStream {
  /// Uniform numbers in [low, high).
  mutating func fillUniform<T: Real>(
    _ target: UnsafeMutablePointer<T>, _ count: Int, _ low: Double, _ high: Double
  ) {
    let (low, span) = (T(low), T(high) - T(low))
    for i in 0..<count {
      let x = T.self == Float.self ? T(uniform()) : T(uniform53())
      // Fused, as PyTorch's compiled kernels are: one rounding instead of two.
      target[i] = low.addingProduct(x, span)
    }
  }

  /// Normal numbers. From 16 on PyTorch fills with uniforms and turns blocks of 16 into normals:
  /// elements j and j + 8 become r cos a and r sin a; a rest that is not a multiple of 16 redraws
  /// the last 16. The waiting normal is neither used nor cleared then.
  mutating func fillNormal<T: Real>(
    _ target: UnsafeMutablePointer<T>, _ count: Int, _ mean: Double, _ deviation: Double
  ) {
    guard count >= 16 else {
      for i in 0..<count { target[i] = T(normal() * deviation + mean) }
      return
    }
    fillUniform(target, count, 0, 1)
    for start in stride(from: 0, to: count - 15, by: 16) {
      turnNormal(target + start, T(mean), T(deviation))
    }
    if count % 16 != 0 {
      fillUniform(target + count - 16, 16, 0, 1)
      turnNormal(target + count - 16, T(mean), T(deviation))
    }
  }

  private func turnNormal<T: Real>(
    _ block: UnsafeMutablePointer<T>, _ mean: T, _ deviation: T
  ) {
    for j in 0..<8 {
      let radius = (-2 * T.log(1 - block[j])).squareRoot()
      let angle = T(2 * Double.pi) * block[j + 8]
      block[j] = radius * T(cos(angle.number)) * deviation + mean
      block[j + 8] = radius * T(sin(angle.number)) * deviation + mean
    }
  }
}

/// Starts the random stream anew from `seed`, as `torch.manual_seed`: the same seed gives the same
/// numbers as PyTorch on the CPU.
public func manualSeed(_ seed: Int) { RandomStream.shared = RandomStream(seed: seed) }

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// numpy's legacy generator, `np.random.RandomState(seed)` and `np.random.seed`: the same seed
/// gives the same numbers in the same order of calls.
///
/// Recorded experiments often draw or split their data with it. It does not touch the stream of
/// `manualSeed`. Real numbers are float64, integers int64, as in numpy.
public final class NumPyRandom {
  private var twister: MersenneTwister
  /// The second normal number of a pair waits here.
  private var waitingNormal: Double?

  /// A generator as after `np.random.seed(seed)`.
  /// Throws (see `attempt`) when the seed is not between 0 and 2³² - 1.
  public init(_ seed: Int = 0) {
    if UInt32(exactly: seed) == nil {
      record(TensorError("NumPyRandom", "expected a seed from 0 to 4294967295, got \(seed)"))
    }
    twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  // MARK: Real numbers

  /// Numbers in [0, 1) (`np.random.rand`, `np.random.random_sample`).
  /// Throws (see `attempt`) when a size is negative.
  public func rand(_ shape: Int...) -> Tensor { filled("rand", shape) { twister.uniform53() } }

  /// As with single sizes. Throws (see `attempt`) when a size is negative.
  public func rand(_ shape: [Int]) -> Tensor { filled("rand", shape) { twister.uniform53() } }

  /// Normal numbers of mean 0 and variance 1 (`np.random.randn`).
  /// Throws (see `attempt`) when a size is negative.
  public func randn(_ shape: Int...) -> Tensor { filled("randn", shape) { gauss() } }

  /// As with single sizes. Throws (see `attempt`) when a size is negative.
  public func randn(_ shape: [Int]) -> Tensor { filled("randn", shape) { gauss() } }

  /// Numbers in [low, high) (`np.random.uniform`). Throws (see `attempt`) when a size is negative.
  public func uniform(_ low: Double, _ high: Double, _ shape: [Int]) -> Tensor {
    filled("uniform", shape) { low + (high - low) * twister.uniform53() }
  }

  /// Normal numbers (`np.random.normal`).
  /// Throws (see `attempt`) when the deviation is negative.
  public func normal(_ mean: Double, _ deviation: Double, _ shape: [Int]) -> Tensor {
    guard deviation >= 0 else {
      return failed(TensorError("normal", "expected a deviation of 0 or more, got \(deviation)"))
    }
    return filled("normal", shape) { mean + deviation * gauss() }
  }

  // MARK: Integers

  /// Integers from `low` up to, not including, `high` (`np.random.randint`).
  /// Throws (see `attempt`) when the range is empty.
  public func randint(_ low: Int, _ high: Int, _ shape: [Int]) -> Tensor {
    guard low < high else {
      return failed(TensorError("randint", "the range from \(low) to \(high) is empty"))
    }
    let last = UInt64(bitPattern: Int64(high &- 1 &- low))
    return filled("randint", shape) { low &+ Int(truncatingIfNeeded: upTo(last)) }
  }

  /// How many of `trials` succeed, each with probability `chance` (`np.random.binomial`).
  ///
  /// Throws (see `attempt`) when `chance` is not between 0 and 1, or when more than 30 of the rarer
  /// outcome are to be expected: numpy has another algorithm for those.
  public func binomial(_ trials: Int, _ chance: Double, _ shape: [Int]) -> Tensor {
    let rare = min(chance, 1 - chance)
    guard trials >= 0, chance >= 0, chance <= 1, Double(trials) * rare <= 30 else {
      return failed(
        TensorError(
          "binomial", expected: "a chance from 0 to 1 and at most 30 expected outcomes",
          actual: "\(trials) trials of chance \(chance)"))
    }
    return filled("binomial", shape) {
      let count = successes(trials, rare)
      return chance <= 0.5 ? count : trials - count
    }
  }

  // MARK: Orders

  /// 0 ..< count in random order: `[count]` (`np.random.permutation`).
  /// Throws (see `attempt`) when `count` is negative.
  public func permutation(_ count: Int) -> Tensor {
    guarded { () throws(TensorError) in
      _ = try elementCount(Extents(count), "permutation")
      let out = try Tensor.empty(Extents(count), .int64)
      let elements = UnsafeMutableBufferPointer(start: out.pointer(Int.self), count: count)
      for i in 0..<count { elements[i] = i }
      shuffle(count) { elements.swapAt($0, $1) }
      return out
    }
  }

  /// The values in random order: what `np.random.shuffle` makes of a one-dimensional array.
  public func shuffled<T>(_ values: [T]) -> [T] {
    var result = values
    shuffle(values.count) { result.swapAt($0, $1) }
    return result
  }

  /// Numbers from 0 up to, not including, `count` (`np.random.choice`); different ones unless
  /// `replacing`. Throws (see `attempt`) when there are not enough.
  public func choice(_ count: Int, _ shape: [Int], replacing: Bool = true) -> Tensor {
    guarded { () throws(TensorError) in
      let size = try elementCount(Extents(shape, "choice"), "choice")
      guard count > 0 || size == 0, replacing || size <= count else {
        throw TensorError("choice", "cannot draw \(size) from \(count)")
      }
      if replacing { return size == 0 ? .zeros(shape, dtype: .int64) : randint(0, count, shape) }
      return permutation(count).narrow(0, 0, size).view(shape)
    }
  }

  /// Numbers from 0 up to, not including, the number of weights, each as probable as its weight
  /// says (`np.random.choice` with `p`). Throws (see `attempt`) when a weight is negative or they
  /// do not add up to 1.
  public func choice(_ weights: [Double], _ shape: [Int]) -> Tensor {
    let sum = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }), abs(sum - 1) <= 1e-8 else {
      return failed(
        TensorError("choice", "expected weights of 0 or more that add up to 1, got \(weights)"))
    }
    var running = 0.0
    let cumulative = weights.map { weight in
      running += weight
      return running / sum
    }
    return filled("choice", shape) {
      let dart = twister.uniform53()
      var (low, high) = (0, cumulative.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] <= dart { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  // MARK: Single draws

  private func filled<T: StoredElement>(
    _ operation: String, _ shape: [Int], _ draw: () -> T
  ) -> Tensor {
    guarded { () throws(TensorError) in
      let extents = try Extents(shape, operation)
      let count = try elementCount(extents, operation)
      let out = try Tensor.empty(extents, T.dtype)
      let elements: UnsafeMutablePointer<T> = out.pointer()
      for i in 0..<count { elements[i] = draw() }
      return out
    }
  }

  /// Marsaglia's polar method; the second number of a pair comes first.
  private func gauss() -> Double {
    if let waiting = waitingNormal {
      waitingNormal = nil
      return waiting
    }
    var (x, y, square) = (0.0, 0.0, 0.0)
    repeat {
      x = 2 * twister.uniform53() - 1
      y = 2 * twister.uniform53() - 1
      square = x * x + y * y
    } while square >= 1 || square == 0
    let factor = (-2 * log(square) / square).squareRoot()
    waitingNormal = factor * x
    return factor * y
  }

  /// An integer from 0 to `last`: as few bits as can hold it, drawn until they are not above.
  private func upTo(_ last: UInt64) -> UInt64 {
    if last == 0 { return 0 }
    let mask = UInt64.max >> UInt64(last.leadingZeroBitCount)
    while true {
      let bits = (last <= UInt32.max ? UInt64(twister.word()) : twister.long()) & mask
      if bits <= last { return bits }
    }
  }

  private func shuffle(_ count: Int, swap: (Int, Int) -> Void) {
    for i in stride(from: count - 1, to: 0, by: -1) { swap(i, Int(upTo(UInt64(i)))) }
  }

  /// Goes up the outcomes, from none on, until their probabilities have used up a uniform number.
  private func successes(_ trials: Int, _ chance: Double) -> Int {
    let (n, failure) = (Double(trials), 1 - chance)
    let none = exp(n * log1p(-chance))
    let mean = n * chance
    let bound = min(n, mean + 10 * (mean * failure + 1).squareRoot())
    var (count, probability, rest) = (0.0, none, twister.uniform53())
    while rest > probability {
      count += 1
      if count > bound {
        (count, probability, rest) = (0, none, twister.uniform53())
      } else {
        rest -= probability
        probability *= (n - count + 1) * chance / (count * failure)
      }
    }
    return Int(count)
  }
}

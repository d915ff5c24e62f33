#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Python's `random.Random(seed)`: the same seed gives the same numbers in the same order of calls.
///
/// Recorded experiments often split or shuffle their data with it. It does not touch the stream of
/// `manualSeed`.
public final class PythonRandom {
  private var twister: MersenneTwister
  /// The second normal number of a pair waits here.
  private var waitingNormal: Double?

  /// A generator as after `random.seed(seed)`; as in Python, the sign of the seed does not matter.
  public init(_ seed: Int = 0) {
    let size = seed.magnitude
    let high = UInt32(truncatingIfNeeded: size >> 32)
    let low = UInt32(truncatingIfNeeded: size)
    twister = MersenneTwister(key: high == 0 ? [low] : [low, high])
  }

  /// A number in [0, 1) (`random.random`).
  public func random() -> Double { twister.uniform53() }

  /// A number between `low` and `high` (`random.uniform`).
  public func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random() }

  /// A normal number (`random.gauss`).
  public func gauss(_ mean: Double = 0, _ deviation: Double = 1) -> Double {
    if let waiting = waitingNormal {
      waitingNormal = nil
      return mean + waiting * deviation
    }
    let angle = random() * 2 * Double.pi
    let radius = (-2 * log(1 - random())).squareRoot()
    waitingNormal = sin(angle) * radius
    return mean + cos(angle) * radius * deviation
  }

  /// An integer from `low` to `high`, both included (`random.randint`). Throws (see `attempt`) when
  /// `high` is below `low`.
  public func randint(_ low: Int, _ high: Int) -> Int {
    let (width, overflow) = UInt(bitPattern: high &- low).addingReportingOverflow(1)
    guard low <= high, !overflow else {
      record(TensorError("randint", "cannot draw from \(low) to \(high)"))
      return low
    }
    return low &+ Int(bitPattern: below(width))
  }

  /// An integer from 0 up to, not including, `stop` (`random.randrange`). Throws (see `attempt`)
  /// when `stop` is not positive.
  public func randrange(_ stop: Int) -> Int { randrange(0, stop) }

  /// An integer from `start` up to, not including, `stop` (`random.randrange`). Throws (see
  /// `attempt`) when there is none.
  public func randrange(_ start: Int, _ stop: Int) -> Int {
    guard start < stop else {
      record(TensorError("randrange", "the range from \(start) to \(stop) is empty"))
      return start
    }
    return start &+ Int(bitPattern: below(UInt(bitPattern: stop &- start)))
  }

  /// One of the values; nil when there are none (`random.choice`).
  public func choice<T>(_ values: [T]) -> T? {
    values.isEmpty ? nil : values[Int(below(UInt(values.count)))]
  }

  /// `count` of the values, each draw from all of them (`random.choices`).
  /// Throws (see `attempt`) when there are no values or `count` is negative.
  public func choices<T>(_ values: [T], count: Int = 1) -> [T] {
    guard !values.isEmpty, count >= 0 else {
      record(TensorError("choices", "cannot draw \(count) from \(values.count) values"))
      return []
    }
    let size = Double(values.count)
    return (0..<count).map { _ in values[Int(random() * size)] }
  }

  /// `count` different ones of the values (`random.sample`).
  /// Throws (see `attempt`) when there are not as many.
  public func sample<T>(_ values: [T], _ count: Int) -> [T] {
    guard count >= 0, count <= values.count else {
      record(
        TensorError("sample", "cannot draw \(count) different ones from \(values.count) values"))
      return []
    }
    // Python remembers what it has drawn when that takes less room than a copy of the values.
    var setSize = 21
    if count > 5 { setSize += power(4, Int(ceil(log(Double(count) * 3) / log(4)))) }
    if values.count > setSize {
      var seen: Set<Int> = []
      return (0..<count).map { _ in
        var place = Int(below(UInt(values.count)))
        while !seen.insert(place).inserted { place = Int(below(UInt(values.count))) }
        return values[place]
      }
    }
    var pool = values
    return (0..<count).map { i in
      let place = Int(below(UInt(values.count - i)))
      defer { pool[place] = pool[values.count - i - 1] }
      return pool[place]
    }
  }

  /// The values in random order: what `random.shuffle` makes of a list.
  public func shuffled<T>(_ values: [T]) -> [T] {
    var result = values
    for i in stride(from: values.count - 1, to: 0, by: -1) {
      result.swapAt(i, Int(below(UInt(i + 1))))
    }
    return result
  }

  /// An integer below `limit`: as few bits as can hold it, drawn until they are below.
  private func below(_ limit: UInt) -> UInt {
    let width = UInt.bitWidth - limit.leadingZeroBitCount
    var bits: UInt
    repeat { bits = randomBits(width) } while bits >= limit
    return bits
  }

  /// The low word comes first, and of the last word the upper bits count.
  private func randomBits(_ width: Int) -> UInt {
    if width <= 32 { return UInt(twister.word() >> (32 - UInt32(width))) }
    let low = UInt(twister.word())
    return UInt(twister.word() >> (64 - UInt32(width))) << 32 | low
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { result, _ in result * base }
  }
}

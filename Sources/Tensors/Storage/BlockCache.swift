#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Freed blocks, kept by size: a training step allocates the same sizes over and over, and memory
/// fresh from the system costs a page fault for every 4 KB.
///
/// The sizes are 64 B · 2^e · (1, 1¼, 1½, 1¾), so a block is at most a quarter larger than asked for.
/// The first word of a free block is the link to the next one, so the lists cost no memory of their
/// own. The library's tensors live on one thread, so there is no lock.
enum BlockCache {
  static let alignment = 64
  static let classCount = 4 * 32
  /// Blocks of at least this size come in large pages, and may serve for less than they hold.
  private static let large = 1 << 20

  private nonisolated(unsafe) static let heads: UnsafeMutablePointer<UnsafeMutableRawPointer?> = {
    let heads = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: classCount)
    heads.initialize(repeating: nil, count: classCount)
    return heads
  }()
  private nonisolated(unsafe) static var idleBytes = 0
  private nonisolated(unsafe) static var usedBytes = 0
  private nonisolated(unsafe) static var mostUsedBytes = 0

  /// The smallest class whose blocks hold `bytes`; `classCount` for sizes no class holds.
  static func sizeClass(_ bytes: Int) -> Int {
    guard bytes > alignment else { return 0 }
    let last = bytes - 1
    let exponent = Int.bitWidth - 1 - last.leadingZeroBitCount
    return min((exponent - 6) * 4 + ((last >> (exponent - 2)) & 3) + 1, classCount)
  }

  /// The size of the blocks of a class.
  static func size(of sizeClass: Int) -> Int {
    (alignment << (sizeClass / 4)) / 4 * (4 + sizeClass % 4)
  }

  /// How much memory may be held, idle blocks included: a quarter more than was ever in use at a time,
  /// because not every idle block fits the next need.
  private static var limit: Int { mostUsedBytes + mostUsedBytes / 4 + (64 << 20) }

  /// A block of at least `bytes`, 64-byte aligned and not initialised, and its class; nil when the
  /// system has none.
  static func take(_ bytes: Int) -> (block: UnsafeMutableRawPointer, sizeClass: Int)? {
    let fitting = sizeClass(bytes)
    guard fitting < classCount else { return nil }
    if heads[fitting] != nil { return (pop(fitting), fitting) }
    let size = size(of: fitting)
    if usedBytes + idleBytes + size > limit {
      if size >= large {
        // Rather a block up to twice as large than pages fresh from the system.
        let last = min(fitting + 4, classCount - 1)
        for larger in fitting...last where heads[larger] != nil { return (pop(larger), larger) }
      }
      trim(size)
    }
    var block: UnsafeMutableRawPointer?
    guard posix_memalign(&block, size < large ? alignment : 2 << 20, size) == 0, let block else {
      return nil
    }
    #if os(Linux)
      if size >= 4 * large { madvise(block, size, MADV_HUGEPAGE) }
    #endif
    use(size)
    return (block, fitting)
  }

  private static func pop(_ sizeClass: Int) -> UnsafeMutableRawPointer {
    guard let block = heads[sizeClass] else { fatalError("there is no idle block of this class") }
    heads[sizeClass] = block.load(as: UnsafeMutableRawPointer?.self)
    let size = size(of: sizeClass)
    idleBytes -= size
    use(size)
    return block
  }

  static func give(_ block: UnsafeMutableRawPointer, _ sizeClass: Int) {
    let size = size(of: sizeClass)
    usedBytes -= size
    block.storeBytes(of: heads[sizeClass], as: UnsafeMutableRawPointer?.self)
    heads[sizeClass] = block
    idleBytes += size
  }

  private static func use(_ size: Int) {
    usedBytes += size
    mostUsedBytes = max(mostUsedBytes, usedBytes)
  }

  /// Gives idle blocks back to the system, the largest first, until there is room for `bytes`: the
  /// sizes of the steps have changed.
  private static func trim(_ bytes: Int) {
    var sizeClass = classCount - 1
    while sizeClass >= 0 && usedBytes + idleBytes + bytes > limit {
      guard let block = heads[sizeClass] else {
        sizeClass -= 1
        continue
      }
      heads[sizeClass] = block.load(as: UnsafeMutableRawPointer?.self)
      idleBytes -= size(of: sizeClass)
      free(block)
    }
  }
}

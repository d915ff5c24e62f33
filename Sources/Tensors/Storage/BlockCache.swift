#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Freed blocks, kept by size class: a notebook allocates the same few sizes over and over.
///
/// Class `c` holds blocks of `64 << c` bytes, 64 B to 64 MB; larger blocks go straight to the
/// system. The first word of a free block is the link to the next one, so the lists cost no memory
/// of their own. The library works on one thread, so there is no lock.
enum BlockCache {
  static let alignment = 64
  static let classCount = 21
  /// More idle bytes than this are given back to the system.
  static let idleLimit = 512 << 20

  private nonisolated(unsafe) static let heads: UnsafeMutablePointer<UnsafeMutableRawPointer?> = {
    let heads = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: classCount)
    heads.initialize(repeating: nil, count: classCount)
    return heads
  }()
  private nonisolated(unsafe) static var idleBytes = 0

  /// The smallest class whose blocks hold `bytes`, or `classCount` when none does.
  static func sizeClass(_ bytes: Int) -> Int {
    guard bytes > alignment else { return 0 }
    return min(Int.bitWidth - (bytes - 1).leadingZeroBitCount - 6, classCount)
  }

  /// A block of at least `bytes`, 64-byte aligned and not initialised; nil when the system has none.
  static func take(_ bytes: Int, _ sizeClass: Int) -> UnsafeMutableRawPointer? {
    if sizeClass < classCount, let block = heads[sizeClass] {
      heads[sizeClass] = block.load(as: UnsafeMutableRawPointer?.self)
      idleBytes -= alignment << sizeClass
      return block
    }
    var block: UnsafeMutableRawPointer?
    let size = sizeClass < classCount ? alignment << sizeClass : bytes
    return posix_memalign(&block, alignment, size) == 0 ? block : nil
  }

  static func give(_ block: UnsafeMutableRawPointer, _ sizeClass: Int) {
    guard sizeClass < classCount, idleBytes < idleLimit else {
      free(block)
      return
    }
    block.storeBytes(of: heads[sizeClass], as: UnsafeMutableRawPointer?.self)
    heads[sizeClass] = block
    idleBytes += alignment << sizeClass
  }
}

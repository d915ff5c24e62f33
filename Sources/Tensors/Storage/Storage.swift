#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A block of memory that tensors share: 64-byte aligned, owned, never resized.
///
/// A storage knows bytes only; `Layout` says which of them are a tensor's elements, and `DType` what
/// they are. Views (`narrow`, `t()`, `view`) are new tensors over the same storage.
package final class Storage {
  /// The memory as it is, also when changes are owed to it.
  package let block: UnsafeMutableRawPointer
  package let byteCount: Int
  /// How often the elements were changed in place: a gradient rule must see what it saved.
  package final var version = 0
  private let sizeClass: Int
  /// The changes that are owed, if any.
  package var deferred: (any DeferredUpdates)?

  /// The memory, with all changes made.
  @inline(__always)
  package var base: UnsafeMutableRawPointer {
    if deferred != nil { settle() }
    return block
  }

  /// Memory for `byteCount` bytes, not initialised.
  package init(byteCount: Int) throws(TensorError) {
    guard let (block, sizeClass) = BlockCache.take(byteCount) else {
      throw TensorError("allocation", "no memory for a tensor of \(byteCount) bytes")
    }
    self.block = block
    self.byteCount = byteCount
    self.sizeClass = sizeClass
  }

  /// Memory of zeros. A large one is mapped from the system, whose pages cost nothing until they are
  /// written.
  package init(zeroed byteCount: Int) throws(TensorError) {
    self.byteCount = byteCount
    if byteCount >= Storage.leastMapped,
      let block = mmap(
        nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | Storage.anonymous, -1, 0),
      block != UnsafeMutableRawPointer(bitPattern: -1)
    {
      self.block = block
      sizeClass = Storage.mapped
      return
    }
    guard let (block, sizeClass) = BlockCache.take(byteCount) else {
      throw TensorError("allocation", "no memory for a tensor of \(byteCount) bytes")
    }
    block.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    self.block = block
    self.sizeClass = sizeClass
  }

  private static let leastMapped = 1 << 20
  private static let mapped = -1
  #if canImport(Glibc)
    private static let anonymous = MAP_ANONYMOUS
  #else
    private static let anonymous = MAP_ANON
  #endif

  /// Makes the changes that are owed.
  @inline(never)
  package func settle() { deferred?.settle() }

  deinit {
    if sizeClass == Storage.mapped {
      munmap(block, byteCount)
    } else {
      BlockCache.give(block, sizeClass)
    }
  }
}

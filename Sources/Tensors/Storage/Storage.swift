/// A block of memory that tensors share: 64-byte aligned, owned, never resized.
///
/// A storage knows bytes only; `Layout` says which of them are a tensor's elements, and `DType` what
/// they are. Views (`narrow`, `t()`, `view`) are new tensors over the same storage.
package final class Storage {
  package let base: UnsafeMutableRawPointer
  package let byteCount: Int
  /// How often the elements were changed in place: a gradient rule must see what it saved.
  package final var version = 0
  private let sizeClass: Int

  /// Memory for `byteCount` bytes, not initialised.
  package init(byteCount: Int) throws(TensorError) {
    let sizeClass = BlockCache.sizeClass(byteCount)
    guard let block = BlockCache.take(byteCount, sizeClass) else {
      throw TensorError("allocation", "no memory for a tensor of \(byteCount) bytes")
    }
    base = block
    self.byteCount = byteCount
    self.sizeClass = sizeClass
  }

  deinit { BlockCache.give(base, sizeClass) }
}

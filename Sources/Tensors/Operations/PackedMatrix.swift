import CKernels

/// The right factor of many products, such as a recurrent weight: for float32 it is laid out once the
/// way the kernel reads it. A product with it may be computed inside a parallel task.
package struct PackedMatrix<T: Real> {
  private let source: UnsafePointer<T>
  private let stride: Int
  private let isTransposed: Bool
  private let depth: Int
  private let width: Int
  private let panels: Storage?

  /// b (k, n), or its transpose (n, k), whose memory must stay.
  package init(
    _ b: UnsafePointer<T>, _ stride: Int, isTransposed: Bool, depth: Int, width: Int
  ) throws(TensorError) {
    source = b
    self.stride = stride
    self.isTransposed = isTransposed
    self.depth = depth
    self.width = width
    guard T.dtype == .float32 else {
      panels = nil
      return
    }
    let storage = try Storage(byteCount: ck_packed_size(depth, width) * 4)
    b.withMemoryRebound(to: Float.self, capacity: 1) { b in
      ck_pack(
        b, stride, isTransposed, depth, width, storage.base.assumingMemoryBound(to: Float.self))
    }
    panels = storage
  }

  /// c (rows, n) = a (rows, k) b, or += with `adds`.
  package func multiply(
    _ rows: Int, _ a: UnsafePointer<T>, _ strideA: Int, adds: Bool, _ c: UnsafeMutablePointer<T>,
    _ strideC: Int
  ) {
    guard let panels else {
      T.gemm(
        false, isTransposed, rows, width, depth, a, strideA, source, stride, adds: adds, c, strideC)
      return
    }
    let (a, c) = (UnsafeRawPointer(a), UnsafeMutableRawPointer(c))
    ck_gemm_packed(
      rows, width, depth, a.assumingMemoryBound(to: Float.self), strideA, false,
      panels.base.assumingMemoryBound(to: Float.self), adds,
      c.assumingMemoryBound(to: Float.self), strideC)
  }
}

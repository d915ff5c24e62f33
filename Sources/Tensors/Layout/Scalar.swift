import CBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A Swift type that is some dtype's element.
package protocol StoredElement: BitwiseCopyable {
  static var dtype: DType { get }
  init(number: Double)
  var number: Double { get }
}

/// An element with arithmetic: Float, Double, Int. Integers wrap, as in PyTorch.
package protocol Scalar: StoredElement, Comparable {
  static func plus(_ a: Self, _ b: Self) -> Self
  static func minus(_ a: Self, _ b: Self) -> Self
  static func times(_ a: Self, _ b: Self) -> Self
}

/// A floating-point element: what gradients and matrix products are made of.
package protocol Real: Scalar, BinaryFloatingPoint {
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func pow(_ x: Self, _ y: Self) -> Self
  /// C (m x n) = alpha op(A) op(B) + beta C, row-major with leading dimensions.
  static func gemm(
    _ transA: Bool, _ transB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int,
    _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
}

extension Real {
  @inlinable @inline(__always)
  package static func sigmoid(_ x: Self) -> Self { 1 / (1 + exp(-x)) }
}

extension Float: Real {
  package static var dtype: DType { .float32 }
  @inlinable @inline(__always) package init(number: Double) { self = Float(number) }
  @inlinable @inline(__always) package var number: Double { Double(self) }
  @inlinable @inline(__always) package static func plus(_ a: Float, _ b: Float) -> Float { a + b }
  @inlinable @inline(__always) package static func minus(_ a: Float, _ b: Float) -> Float { a - b }
  @inlinable @inline(__always) package static func times(_ a: Float, _ b: Float) -> Float { a * b }
  package static func exp(_ x: Float) -> Float { expf(x) }
  package static func log(_ x: Float) -> Float { logf(x) }
  package static func tanh(_ x: Float) -> Float { tanhf(x) }
  package static func pow(_ x: Float, _ y: Float) -> Float { powf(x, y) }

  package static func gemm(
    _ transA: Bool, _ transB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int,
    _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int
  ) {
    _ = blasIsReady
    cblas_sgemm(
      CblasRowMajor, transA ? CblasTrans : CblasNoTrans, transB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c,
      blasint(ldc))
  }
}

extension Double: Real {
  package static var dtype: DType { .float64 }
  @inlinable @inline(__always) package init(number: Double) { self = number }
  @inlinable @inline(__always) package var number: Double { self }
  @inlinable @inline(__always) package static func plus(_ a: Double, _ b: Double) -> Double {
    a + b
  }
  @inlinable @inline(__always) package static func minus(_ a: Double, _ b: Double) -> Double {
    a - b
  }
  @inlinable @inline(__always) package static func times(_ a: Double, _ b: Double) -> Double {
    a * b
  }
  package static func exp(_ x: Double) -> Double { libmExp(x) }
  package static func log(_ x: Double) -> Double { libmLog(x) }
  package static func tanh(_ x: Double) -> Double { libmTanh(x) }
  package static func pow(_ x: Double, _ y: Double) -> Double { libmPow(x, y) }

  package static func gemm(
    _ transA: Bool, _ transB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>,
    _ ldb: Int, _ beta: Double, _ c: UnsafeMutablePointer<Double>, _ ldc: Int
  ) {
    _ = blasIsReady
    cblas_dgemm(
      CblasRowMajor, transA ? CblasTrans : CblasNoTrans, transB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c,
      blasint(ldc))
  }
}

extension Int: Scalar {
  package static var dtype: DType { .int64 }
  /// Truncates; what has no integer (nan, infinities, too large) becomes the least one, as on x86.
  package init(number: Double) { self = Int(exactly: number.rounded(.towardZero)) ?? .min }
  @inlinable @inline(__always) package var number: Double { Double(self) }
  @inlinable @inline(__always) package static func plus(_ a: Int, _ b: Int) -> Int { a &+ b }
  @inlinable @inline(__always) package static func minus(_ a: Int, _ b: Int) -> Int { a &- b }
  @inlinable @inline(__always) package static func times(_ a: Int, _ b: Int) -> Int { a &* b }
}

extension Bool: StoredElement {
  package static var dtype: DType { .bool }
  package init(number: Double) { self = number != 0 }
  package var number: Double { self ? 1 : 0 }
}

// The C functions under names that the static members above do not hide.
private func libmExp(_ x: Double) -> Double { exp(x) }
private func libmLog(_ x: Double) -> Double { log(x) }
private func libmTanh(_ x: Double) -> Double { tanh(x) }
private func libmPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// OpenBLAS on one thread: its threads slow small products down, and a result must not depend on
/// how many cores there are.
private let blasIsReady: Bool = {
  openblas_set_num_threads(1)
  return true
}()

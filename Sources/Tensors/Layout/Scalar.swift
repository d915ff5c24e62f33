import CBLAS
import CKernels

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
  static func pow(_ x: Self, _ y: Self) -> Self
  /// y[i] = e^x[i], ln x[i], tanh x[i] and 1 / (1 + e^-x[i]) for whole rows; `x` and `y` may be the
  /// same.
  static func exp(_ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  static func log(_ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  static func tanh(_ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  static func sigmoid(_ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int)
  /// c (m, n) = op(a) op(b), or += with `adds`; row-major, `ld…` are the distances of rows. A float32
  /// product uses the library's threads when it is large.
  static func gemm(
    _ transA: Bool, _ transB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int,
    adds: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
  /// to (k, rows) = the transpose of a (rows, k).
  static func turn(
    _ rows: Int, _ k: Int, _ a: UnsafePointer<Self>, _ lda: Int, _ to: UnsafeMutablePointer<Self>,
    _ ldto: Int)
  /// y[j] = the sum of column j of x (rows, columns), or += with `adds`.
  static func columnSums(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Self>, _ ldx: Int, adds: Bool,
    _ y: UnsafeMutablePointer<Self>)
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
  package static func pow(_ x: Float, _ y: Float) -> Float { powf(x, y) }

  package static func gemm(
    _ transA: Bool, _ transB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int,
    adds: Bool, _ c: UnsafeMutablePointer<Float>, _ ldc: Int
  ) { ck_sgemm(transA, transB, m, n, k, a, lda, b, ldb, adds, c, ldc) }

  package static func turn(
    _ rows: Int, _ k: Int, _ a: UnsafePointer<Float>, _ lda: Int, _ to: UnsafeMutablePointer<Float>,
    _ ldto: Int
  ) { ck_turn(rows, k, a, lda, to, ldto) }

  package static func columnSums(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Float>, _ ldx: Int, adds: Bool,
    _ y: UnsafeMutablePointer<Float>
  ) {
    guard rows * columns > 1 << 16 else { return ck_column_sums(rows, columns, x, ldx, adds, y) }
    inParallel(over: columns, by: 128) { part in
      ck_column_sums(rows, part.count, x + part.lowerBound, ldx, adds, y + part.lowerBound)
    }
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
  package static func pow(_ x: Double, _ y: Double) -> Double { libmPow(x, y) }

  package static func gemm(
    _ transA: Bool, _ transB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>, _ ldb: Int,
    adds: Bool, _ c: UnsafeMutablePointer<Double>, _ ldc: Int
  ) {
    _ = blasIsReady
    cblas_dgemm(
      CblasRowMajor, transA ? CblasTrans : CblasNoTrans, transB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), 1, a, blasint(lda), b, blasint(ldb), adds ? 1 : 0, c,
      blasint(ldc))
  }

  package static func turn(
    _ rows: Int, _ k: Int, _ a: UnsafePointer<Double>, _ lda: Int,
    _ to: UnsafeMutablePointer<Double>, _ ldto: Int
  ) { for r in 0..<rows { for i in 0..<k { to[i * ldto + r] = a[r * lda + i] } } }

  package static func columnSums(
    _ rows: Int, _ columns: Int, _ x: UnsafePointer<Double>, _ ldx: Int, adds: Bool,
    _ y: UnsafeMutablePointer<Double>
  ) {
    if !adds { y.initialize(repeating: 0, count: columns) }
    for r in 0..<rows { for j in 0..<columns { y[j] += x[r * ldx + j] } }
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
private func libmPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// OpenBLAS, which has the products of float64, on one thread: a result must not depend on how many
/// cores there are, and float64 is for checking gradients.
private let blasIsReady: Bool = {
  openblas_set_num_threads(1)
  return true
}()

import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// exp, log, tanh and sigmoid of whole rows: vector kernels for float32, whose error is a few units in
// the last place; the C library's functions, one at a time, for float64.

/// How many elements one task computes, when there are more.
private let stretch = 1 << 14

extension Float {
  package static func exp(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    inParallel(over: count, by: stretch) { ck_exp(x + $0.lowerBound, y + $0.lowerBound, $0.count) }
  }

  package static func log(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    inParallel(over: count, by: stretch) { ck_log(x + $0.lowerBound, y + $0.lowerBound, $0.count) }
  }

  package static func tanh(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    inParallel(over: count, by: stretch) { ck_tanh(x + $0.lowerBound, y + $0.lowerBound, $0.count) }
  }

  package static func sigmoid(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    inParallel(over: count, by: stretch) {
      ck_sigmoid(x + $0.lowerBound, y + $0.lowerBound, $0.count)
    }
  }
}

// Under names that the members below do not hide.
private func libmExp(_ x: Double) -> Double { exp(x) }
private func libmLog(_ x: Double) -> Double { log(x) }
private func libmTanh(_ x: Double) -> Double { tanh(x) }

extension Double {
  package static func exp(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int
  ) { for i in 0..<count { y[i] = libmExp(x[i]) } }

  package static func log(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int
  ) { for i in 0..<count { y[i] = libmLog(x[i]) } }

  package static func tanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int
  ) { for i in 0..<count { y[i] = libmTanh(x[i]) } }

  package static func sigmoid(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int
  ) { for i in 0..<count { y[i] = 1 / (1 + libmExp(-x[i])) } }
}

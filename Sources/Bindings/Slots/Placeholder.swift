import Tensors

// What native code is given in place of the result of a guest function that failed: it goes on with
// it until it returns, and then the error of the guest function goes on.

extension Int {
  static var placeholder: Int { 0 }
}

extension Double {
  static var placeholder: Double { 0 }
}

extension Float {
  static var placeholder: Float { 0 }
}

extension Bool {
  static var placeholder: Bool { false }
}

extension String {
  static var placeholder: String { "" }
}

extension Tensor {
  /// Operations on a failed tensor return at once.
  static var placeholder: Tensor { .failed }
}

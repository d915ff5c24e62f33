/// What a tensor's elements are. It belongs to the tensor, not to its Swift type, as in PyTorch.
public enum DType: UInt8, CustomStringConvertible {
  /// A truth value, one byte.
  case bool
  /// An integer of 64 bits: counts, class numbers, places.
  case int64
  /// A number of 32 bits, the usual one: some 7 digits.
  case float32
  /// A number of 64 bits, for checking gradients: some 16 digits.
  case float64

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .bool: 1
    case .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether gradients exist for it.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

  /// The name, such as `float32`.
  public var description: String {
    switch self {
    case .bool: "bool"
    case .int64: "int64"
    case .float32: "float32"
    case .float64: "float64"
    }
  }

  /// 0 truth values, 1 integers, 2 floats: a wider category wins over a wider type.
  var category: Int { self == .bool ? 0 : self == .int64 ? 1 : 2 }
}

/// How a safetensors file stores elements, and what they become here.
enum StoredKind: String {
  case f32 = "F32"
  case f64 = "F64"
  case i64 = "I64"
  case bool = "BOOL"
  case f16 = "F16"
  case bf16 = "BF16"
  case u8 = "U8"
  case i8 = "I8"
  case u16 = "U16"
  case i16 = "I16"
  case u32 = "U32"
  case i32 = "I32"

  var byteCount: Int {
    switch self {
    case .f64, .i64: 8
    case .f32, .u32, .i32: 4
    case .f16, .bf16, .u16, .i16: 2
    case .bool, .u8, .i8: 1
    }
  }

  var dtype: DType {
    switch self {
    case .f32, .f16, .bf16: .float32
    case .f64: .float64
    case .bool: .bool
    case .i64, .u8, .i8, .u16, .i16, .u32, .i32: .int64
    }
  }

  /// Whether the bytes are the tensor's memory. Those of truth values are not: any may be there.
  var isDirect: Bool { self == .f32 || self == .f64 || self == .i64 }

  /// Converts the elements of a file to those of a tensor.
  func widen(_ bytes: UnsafeRawBufferPointer, _ out: Tensor) {
    func each<S: FixedWidthInteger & BitwiseCopyable, T: StoredElement>(
      _ source: S.Type, _ target: T.Type, _ convert: (S) -> T
    ) {
      let elements = out.pointer(T.self)
      for i in 0..<out.count {
        let stored = bytes.loadUnaligned(fromByteOffset: i * MemoryLayout<S>.size, as: S.self)
        elements[i] = convert(S(littleEndian: stored))
      }
    }
    switch self {
    case .f32, .f64, .i64: break
    case .bool: each(UInt8.self, Bool.self) { $0 != 0 }
    case .f16: each(UInt16.self, Float.self) { widenedHalf($0) }
    case .bf16: each(UInt16.self, Float.self) { Float(bitPattern: UInt32($0) << 16) }
    case .u8: each(UInt8.self, Int.self) { Int($0) }
    case .i8: each(Int8.self, Int.self) { Int($0) }
    case .u16: each(UInt16.self, Int.self) { Int($0) }
    case .i16: each(Int16.self, Int.self) { Int($0) }
    case .u32: each(UInt32.self, Int.self) { Int($0) }
    case .i32: each(Int32.self, Int.self) { Int($0) }
    }
  }
}

/// A float of 16 bits (5 of exponent) as one of 32.
private func widenedHalf(_ bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let exponent = UInt32(bits >> 10) & 0x1F
  let fraction = UInt32(bits) & 0x3FF
  switch exponent {
  case 0: return Float(bitPattern: sign | 0x3380_0000) * Float(fraction)  // 2^-24 each
  case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
  default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}

/// The header of a safetensors file, checked: every tensor's bytes lie in the file, follow each other
/// without gaps, and are as many as its shape says.
struct StateHeader {
  struct Entry {
    let name: String
    let kind: StoredKind
    let shape: Extents
    let start: Int
    let end: Int
  }

  private(set) var entries: [Entry] = []
  /// Where the elements begin in the file.
  let dataStart: Int

  init(_ file: OldFile) throws(TensorError) {
    guard file.size >= 8 else { throw file.problem("too short for a safetensors file") }
    let length = try file.bytes(8, at: 0).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= 100_000_000, Int(length) <= file.size - 8 else {
      throw file.problem(
        "the length of the header, \(length), does not fit a file of \(file.size) bytes")
    }
    dataStart = 8 + Int(length)
    var parser = HeaderParser(try file.bytes(Int(length), at: 8))
    do throws(HeaderProblem) {
      guard case .object(let fields) = try parser.parse() else {
        throw HeaderProblem("is not a JSON object")
      }
      for (name, value) in fields where name != "__metadata__" {
        entries.append(try Self.entry(name, value))
      }
      for case (name: "__metadata__", let value) in fields { try Self.checkMetadata(value) }
    } catch { throw file.problem("the header \(error.words)") }
    try checkOffsets(file)
  }

  private static func entry(
    _ name: String, _ value: HeaderValue
  ) throws(HeaderProblem) -> Entry {
    guard case .object(let fields) = value else {
      throw HeaderProblem("has no object for \(name)")
    }
    func field(_ key: String) throws(HeaderProblem) -> HeaderValue {
      for (name, value) in fields where name == key { return value }
      throw HeaderProblem("has no \(key) for \(name)")
    }
    func sizes(_ key: String) throws(HeaderProblem) -> [Int] {
      guard case .array(let items) = try field(key) else {
        throw HeaderProblem("has no list as \(key) of \(name)")
      }
      var sizes: [Int] = []
      for item in items {
        guard case .integer(let size) = item, size >= 0 else {
          throw HeaderProblem("has an item in the \(key) of \(name) that is not a size")
        }
        sizes.append(size)
      }
      return sizes
    }
    guard case .text(let dtype) = try field("dtype") else {
      throw HeaderProblem("has no text as dtype of \(name)")
    }
    guard let kind = StoredKind(rawValue: dtype) else {
      throw HeaderProblem("has the dtype \(dtype) for \(name), which is not supported")
    }
    let (shape, offsets) = (try sizes("shape"), try sizes("data_offsets"))
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw HeaderProblem("has the data_offsets \(offsets) for \(name)")
    }
    let extents: Extents
    let count: Int
    do throws(TensorError) {
      extents = try Extents(shape, name)
      count = try elementCount(extents, name)
    } catch { throw HeaderProblem("has a shape that is not possible: \(error)") }
    guard count * kind.byteCount == offsets[1] - offsets[0] else {
      throw HeaderProblem(
        "gives \(name) \(offsets[1] - offsets[0]) bytes; \(dtype) of shape \(shape) "
          + "needs \(count * kind.byteCount)")
    }
    return Entry(name: name, kind: kind, shape: extents, start: offsets[0], end: offsets[1])
  }

  private static func checkMetadata(_ value: HeaderValue) throws(HeaderProblem) {
    guard case .object(let fields) = value else {
      throw HeaderProblem("has a __metadata__ that is not an object")
    }
    for (key, value) in fields {
      guard case .text = value else {
        throw HeaderProblem("has a __metadata__ whose \(key) is not a text")
      }
    }
  }

  private func checkOffsets(_ file: OldFile) throws(TensorError) {
    var place = 0
    for entry in entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start == place else {
        throw file.problem(
          "\(entry.name) begins at byte \(entry.start) of the data, expected \(place)")
      }
      place = entry.end
    }
    guard place == file.size - dataStart else {
      throw file.problem(
        "the tensors are \(place) bytes, but the file has \(file.size - dataStart)")
    }
  }
}

// The safetensors format (huggingface.co/docs/safetensors): eight bytes with the length of the
// header, little-endian; the header in JSON, padded with spaces; then the elements, one tensor after
// the other without gaps.

/// Writes a state to a safetensors file, byte for byte as the `safetensors` package for Python does.
///
/// The file is replaced whole or not at all. Throws (see `attempt`) when it cannot be written.
/// Follows `safetensors.torch.save_file`.
public func save(_ state: StateDict, to path: String) {
  guarded(state.entries.map { $0.tensor }, or: ()) { () throws(TensorError) in
    try writeState(state, path)
  }
}

/// Reads a safetensors file: float32, float64, int64 and bool as they are, 16-bit floats as float32,
/// smaller integers as int64. The tensors stand in the order of the file's header.
///
/// Throws (see `attempt`) when the file cannot be read, or its header or size is wrong.
/// Follows `safetensors.torch.load_file`.
public func loadState(from path: String) -> StateDict {
  guarded([], or: StateDict()) { () throws(TensorError) in try readState(path) }
}

private func writeState(_ state: StateDict, _ path: String) throws(TensorError) {
  // The package's order: large elements first, so that all are aligned, then by name.
  func rank(_ dtype: DType) -> Int {
    switch dtype {
    case .int64: 0
    case .float64: 1
    case .float32: 2
    case .bool: 3
    }
  }
  let entries = state.entries.sorted { a, b in
    a.tensor.dtype == b.tensor.dtype
      ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
      : rank(a.tensor.dtype) < rank(b.tensor.dtype)
  }
  var header = "{"
  var offset = 0
  for (i, (name, tensor)) in entries.enumerated() {
    guard name != "__metadata__" else {
      throw TensorError("save", "\(path): a tensor cannot be named __metadata__")
    }
    let end = offset + tensor.count * tensor.dtype.byteCount
    let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
    header += i == 0 ? "" : ","
    header += quoted(name)
    header += ":{\"dtype\":\"\(fileName(tensor.dtype))\",\"shape\":[\(shape)],"
    header += "\"data_offsets\":[\(offset),\(end)]}"
    offset = end
  }
  header += "}"
  header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
  let file = try NewFile(path, "save")
  let length = UInt64(header.utf8.count)
  try file.write((0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) })
  try file.write(Array(header.utf8))
  for (_, tensor) in entries {
    let packed = try packedElements(tensor)
    let size = packed.dtype.byteCount
    try file.write(
      UnsafeRawBufferPointer(
        start: packed.storage.base + packed.layout.offset * size,
        count: packed.layout.count * size))
  }
  try file.finish()
}

/// A string as JSON writes it.
private func quoted(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case "\u{8}": out += "\\b"
    case "\u{C}": out += "\\f"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out + "\""
}

private func fileName(_ dtype: DType) -> String {
  switch dtype {
  case .float32: "F32"
  case .float64: "F64"
  case .int64: "I64"
  case .bool: "BOOL"
  }
}

func readState(_ path: String) throws(TensorError) -> StateDict {
  let file = try OldFile(path, "loadState")
  let header = try StateHeader(file)
  var state = StateDict()
  for entry in header.entries {
    let out = try Tensor.empty(entry.shape, entry.kind.dtype)
    if entry.kind.isDirect {
      let bytes = UnsafeMutableRawBufferPointer(
        start: out.storage.base, count: entry.end - entry.start)
      try file.read(bytes, at: header.dataStart + entry.start)
    } else {
      let bytes = try file.bytes(entry.end - entry.start, at: header.dataStart + entry.start)
      bytes.withUnsafeBytes { entry.kind.widen($0, out) }
    }
    state.append(entry.name, out)
  }
  return state
}

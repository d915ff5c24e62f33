#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the elements of one tensor are written, all alike: decided from the elements that are shown.
struct NumberFormat {
  private enum Style { case plain, whole, decimal, scientific }

  private let style: Style
  /// The width every element is padded to.
  let width: Int

  init(_ tensor: Tensor, _ shown: [Double]) {
    guard tensor.dtype.isFloatingPoint else {
      style = .plain
      width =
        tensor.dtype == .bool
        ? (shown.map { $0 != 0 ? 4 : 5 }.max() ?? 1)
        : (shown.map { "\(Int(number: $0))".count }.max() ?? 1)
      return
    }
    let numbers = shown.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    guard let greatest = numbers.max(), let least = numbers.min() else {
      style = .whole
      width = 1
      return
    }
    let isWhole = numbers.allSatisfy { $0 == $0.rounded(.up) }
    let isWide =
      PrintOptions.current.scientific
      ?? (greatest / least > 1000 || greatest > 1e8 || least < 1e-4)
    let style: Style = isWide ? .scientific : isWhole ? .whole : .decimal
    self.style = style
    width =
      shown.filter { $0.isFinite && $0 != 0 }.map { NumberFormat.text($0, style).count }.max() ?? 1
  }

  private static func text(_ value: Double, _ style: Style) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let digits = PrintOptions.current.precision
    switch style {
    case .plain, .whole: return cFormat("%.0f", value) + "."
    case .decimal: return cFormat("%.\(digits)f", value)
    case .scientific: return cFormat("%.\(digits)e", value)
    }
  }

  /// The element at a place of the storage, padded on the left.
  func text(_ tensor: Tensor, _ offset: Int) -> String {
    let text: String
    switch tensor.dtype {
    case .bool: text = tensor.number(offset) != 0 ? "True" : "False"
    case .int64: text = "\(tensor.pointer(Int.self)[offset])"
    case .float32, .float64: text = NumberFormat.text(tensor.number(offset), style)
    }
    return text.count >= width ? text : String(repeating: " ", count: width - text.count) + text
  }
}

/// C's printf for one number.
private func cFormat(_ format: String, _ value: Double) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
    _ = withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
    return buffer.baseAddress.map { String(cString: $0) } ?? ""
  }
}

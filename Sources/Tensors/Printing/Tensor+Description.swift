extension Tensor: CustomStringConvertible {
  /// PyTorch's text, to the character: `tensor([[0.5000, 1.2500]], grad_fn=<AddBackward0>)`.
  ///
  /// Rules of `torch/_tensor_str.py`: 4 digits, 80 columns, more than 1000 elements are summarised to
  /// 3 at each end. `setPrintOptions` changes these.
  public var description: String {
    if isFailed { return "tensor(<failed>)" }
    var text = TensorPrinter(self).text
    if self is Parameter { text = "Parameter containing:\n" + text }
    return text
  }
}

/// Lays out one tensor's elements.
struct TensorPrinter {
  private let tensor: Tensor
  private let isSummary: Bool
  private let format: NumberFormat

  init(_ tensor: Tensor) {
    self.tensor = tensor
    isSummary = tensor.layout.count > PrintOptions.current.threshold
    var shown: [Double] = []
    TensorPrinter.collect(tensor.layout, 0, isSummary, &shown) { tensor.number($0) }
    format = NumberFormat(tensor, shown)
  }

  var text: String {
    var body: String
    if tensor.layout.count == 0 {
      body = "[]"
    } else {
      body = lines(tensor.layout, dim: 0, offset: 0, indent: "tensor(".count)
    }
    let suffixes = self.suffixes
    body = "tensor(" + body
    // The current length counts from the last line break.
    var length = body.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0
    for suffix in suffixes {
      if length + suffix.count + 2 > PrintOptions.current.lineWidth - 2 {
        body += ",\n" + String(repeating: " ", count: 7) + suffix
        length = 7 + suffix.count
      } else {
        body += ", " + suffix
        length += suffix.count + 2
      }
    }
    return body + ")"
  }

  private var suffixes: [String] {
    var suffixes: [String] = []
    let isDefault = tensor.dtype != .float64
    if tensor.layout.count == 0 {
      if tensor.layout.shape.count != 1 {
        suffixes.append("size=(" + tensor.shape.map(String.init).joined(separator: ", ") + ")")
      }
      if tensor.dtype != .float32 { suffixes.append("dtype=torch.\(tensor.dtype)") }
    } else if !isDefault {
      suffixes.append("dtype=torch.\(tensor.dtype)")
    }
    if let node = tensor.node {
      suffixes.append("grad_fn=<\(node.name(tensor.outputIndex))>")
    } else if tensor.requiresGradient {
      suffixes.append("requires_grad=True")
    }
    return suffixes
  }

  /// Calls `read` with the storage offset of every element that will be shown.
  private static func collect(
    _ layout: Layout, _ dim: Int, _ isSummary: Bool, _ shown: inout [Double],
    _ offset: Int = 0, _ read: (Int) -> Double
  ) {
    if dim == layout.shape.count { return shown.append(read(offset)) }
    let (size, edgeCount) = (layout.shape[dim], PrintOptions.current.edgeItems)
    for i in 0..<size {
      if isSummary && size > 2 * edgeCount && i >= edgeCount && i < size - edgeCount { continue }
      collect(layout, dim + 1, isSummary, &shown, offset + i * layout.strides[dim], read)
    }
  }

  private func lines(_ layout: Layout, dim: Int, offset: Int, indent: Int) -> String {
    let rank = layout.shape.count
    if rank == 0 { return format.text(tensor, offset) }
    let size = layout.shape[dim]
    let step = layout.strides[dim]
    let isCut = isSummary && size > 2 * PrintOptions.current.edgeItems
    let edge = PrintOptions.current.edgeItems
    let places = isCut ? Array(0..<edge) + Array(size - edge..<size) : Array(0..<size)
    if dim == rank - 1 {
      var items = places.map { format.text(tensor, offset + $0 * step) }
      if isCut { items.insert(edge == 0 ? "..." : " ...", at: edge) }
      let perLine = max(1, (PrintOptions.current.lineWidth - indent) / (format.width + 2))
      let rows = stride(from: 0, to: items.count, by: perLine).map {
        items[$0..<min($0 + perLine, items.count)].joined(separator: ", ")
      }
      let gap = ",\n" + String(repeating: " ", count: indent + 1)
      return "[" + rows.joined(separator: gap) + "]"
    }
    var parts = places.map {
      lines(layout, dim: dim + 1, offset: offset + $0 * step, indent: indent + 1)
    }
    if isCut { parts.insert("...", at: edge) }
    let gap =
      "," + String(repeating: "\n", count: rank - 1 - dim)
      + String(repeating: " ", count: indent + 1)
    return "[" + parts.joined(separator: gap) + "]"
  }
}

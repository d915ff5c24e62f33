#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The layers of a model with the shapes of their outputs and the numbers of their parameters.
///
/// The text is that of torchinfo (github.com/TylerYep/torchinfo), which reads it as follows: a number
/// in parentheses is of parameters that are not learned, `(recursive)` of a layer that was counted
/// before; a row with parts counts only what its parts do not.
public struct ModelSummary: CustomStringConvertible {
  /// The number of parameters.
  public private(set) var parameterCount = 0
  /// The number of parameters that are learned.
  public private(set) var trainableCount = 0
  /// The multiplications with additions of one call; 0 when the model was not run.
  public private(set) var multAddCount = 0
  private var parameterBytes = 0
  private var outputBytes = 0
  private let inputBytes: Int?
  private let rows: [SummaryRow]
  private let depth: Int

  init(_ rows: [SummaryRow], inputBytes: Int?, depth: Int) {
    self.rows = rows
    self.inputBytes = inputBytes
    self.depth = depth
    for row in rows {
      if row.isLeaf {
        multAddCount &+= row.multAdds
        // Twice: the gradients of the outputs are as large.
        if row.parameterCount > 0 { outputBytes &+= row.outputBytes &* 2 }
        if row.isRecursive { continue }
        parameterCount &+= row.parameterCount
        parameterBytes &+= row.parameterBytes
        trainableCount &+= row.trainableCount
      } else if !row.isRecursive {
        parameterCount &+= max(row.leftover, 0)
        trainableCount &+= max(row.trainableLeftover, 0)
      }
    }
  }

  /// torchinfo's text.
  public var description: String {
    let columnWidth = 25
    let longest = rows.map { $0.title.count + $0.depth * 5 + 1 }.max() ?? 0
    let titleWidth = longest >= 40 ? (longest + 4) / 5 * 5 : 40
    let hasRun = inputBytes != nil
    func line(_ title: String, _ shape: String, _ parameters: String) -> String {
      var text = padded(title, titleWidth) + " "
      if hasRun { text += padded(shape, columnWidth) + " " }
      return text + parameters + "\n"
    }
    let divider = String(repeating: "=", count: titleWidth + columnWidth * (hasRun ? 2 : 1))
    var text = "\(divider)\n" + line("Layer (type:depth-idx)", "Output Shape", "Param #")
    text += "\(divider)\n"
    for row in rows where row.depth <= depth {
      text += line(
        row.branch, row.shape.isEmpty ? "--" : "\(row.shape)",
        row.parameterText(isLast: row.depth == depth))
    }
    text += """
      \(divider)
      Total params: \(grouped(parameterCount))
      Trainable params: \(grouped(trainableCount))
      Non-trainable params: \(grouped(parameterCount - trainableCount))

      """
    if let inputBytes {
      text += """
        Total mult-adds \(multAddText)
        \(divider)
        Input size (MB): \(megabytes(inputBytes))
        Forward/backward pass size (MB): \(megabytes(outputBytes))
        Params size (MB): \(megabytes(parameterBytes))
        Estimated Total Size (MB): \(megabytes(inputBytes &+ outputBytes &+ parameterBytes))

        """
    }
    return text + divider
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }

  /// In millions, from 10^9 on in billions, from 10^12 in trillions.
  private var multAddText: String {
    let (unit, size) =
      multAddCount >= 1_000_000_000_000
      ? ("T", 1e12) : multAddCount >= 1_000_000_000 ? ("G", 1e9) : ("M", 1e6)
    let value = Double(multAddCount) / size
    return value == value.rounded()
      ? "(\(unit)): \(grouped(Int(value)))" : "(\(unit)): \(twoDecimals(value))"
  }

  private func megabytes(_ bytes: Int) -> String { twoDecimals(Double(bytes) / 1e6) }

  private func twoDecimals(_ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      _ = withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.2f", $0) }
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}

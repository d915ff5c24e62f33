/// One line of a summary: a module, or one run of it.
///
/// What is counted, and how, is torchinfo's way, so that the numbers are the same.
final class SummaryRow {
  let module: Module
  let depth: Int
  let parent: SummaryRow?
  let isLeaf: Bool
  var isRecursive = false
  var shape: [Int] = []
  private(set) var outputBytes = 0
  private(set) var parameterCount = 0
  private(set) var trainableCount = 0
  private(set) var parameterBytes = 0
  private(set) var multAdds = 0
  /// Its number among the rows of its depth, from 1.
  var number = 0
  /// All rows below this one.
  var inner: ArraySlice<SummaryRow> = []

  init(_ module: Module, _ depth: Int, _ parent: SummaryRow?) {
    self.module = module
    self.depth = depth
    self.parent = parent
    isLeaf = module.children().isEmpty
  }

  func countParameters() {
    (parameterCount, trainableCount, parameterBytes) = (0, 0, 0)
    for parameter in module.parameters() {
      parameterCount &+= parameter.count
      parameterBytes &+= parameter.count &* parameter.dtype.byteCount
      if parameter.requiresGrad { trainableCount &+= parameter.count }
    }
  }

  /// Takes the output of a run, and counts multiplications with additions: each weight once for every
  /// row, for every place of a convolution, and for every step of a recurrent layer.
  func take(_ run: RunObserver.Run) {
    shape = run.shape
    outputBytes = run.byteCount
    func product(_ sizes: some Sequence<Int>) -> Int { sizes.reduce(1, &*) }
    for (name, parameter) in module.namedParameters() {
      if name == "weight" || name == "bias" {
        let times =
          module.typeName.contains("Conv")
          ? product(shape.prefix(1)) &* product(shape.dropFirst(2)) : product(shape.prefix(1))
        multAdds &+= times &* parameter.count
      } else if name.contains("weight") || name.contains("bias") {
        multAdds &+= product(shape.prefix(2)) &* parameter.count
      }
    }
  }

  /// The parameters that no row below counts. Kept, because every row above asks for it.
  lazy var leftover: Int = inner.reduce(parameterCount) { count, row in
    row.isRecursive ? count : count - (row.isLeaf ? row.parameterCount : row.leftover)
  }

  /// As above, of those that are learned.
  lazy var trainableLeftover: Int = inner.reduce(trainableCount) { count, row in
    row.isRecursive ? count : count - (row.isLeaf ? row.trainableCount : row.trainableLeftover)
  }

  /// The type, with the depth and the number below the top.
  var title: String { depth == 0 ? module.typeName : "\(module.typeName): \(depth)-\(number)" }

  /// The title behind the lines of the tree.
  var branch: String {
    switch depth {
    case 0: title
    case 1: "├─" + title
    default: String(repeating: "│    ", count: depth - 1) + "└─" + title
    }
  }

  /// The number of parameters as it is printed: in parentheses when none is learned; `isLast` counts
  /// those of the rows that are not shown.
  func parameterText(isLast: Bool) -> String {
    if parameterCount == 0 { return "--" }
    if isRecursive { return "(recursive)" }
    if isLast || isLeaf {
      let text = grouped(parameterCount)
      return trainableCount > 0 ? text : "(\(text))"
    }
    return leftover > 0 ? grouped(leftover) : "--"
  }
}

/// 1234567 as 1,234,567.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (i, digit) in digits.enumerated() {
    if i > 0 && (digits.count - i) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

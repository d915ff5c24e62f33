/// The weights of one direction of one layer, under PyTorch's names.
struct DirectionWeights {
  /// `[gates * hiddenSize, input]`
  let inputWeight: Parameter
  /// `[gates * hiddenSize, hiddenSize]`
  let hiddenWeight: Parameter
  /// `[gates * hiddenSize]` each, nil without bias.
  let inputBias: Parameter?
  let hiddenBias: Parameter?

  /// Draws the weights from U(-1/√hiddenSize, 1/√hiddenSize), in PyTorch's order.
  init(
    _ kind: RecurrentKind, inputSize: Int, hiddenSize: Int, bias: Bool
  ) throws(TensorError) {
    let rows = kind.gateCount.multipliedReportingOverflow(by: hiddenSize).partialValue
    let bound = 1 / Double(hiddenSize).squareRoot()
    inputWeight = try .uniform(rows, inputSize, bound: bound)
    hiddenWeight = try .uniform(rows, hiddenSize, bound: bound)
    inputBias = bias ? try .uniform(rows, bound: bound) : nil
    hiddenBias = bias ? try .uniform(rows, bound: bound) : nil
  }

  /// The number of hidden units.
  var hidden: Int { hiddenWeight.layout.shape[1] }

  var all: [Parameter] { [inputWeight, hiddenWeight] + [inputBias, hiddenBias].compactMap { $0 } }

  /// The weights with their names, for layer and direction `suffix` such as `_l0_reverse`.
  func named(_ suffix: String) -> [(name: String, child: ModuleChild)] {
    var list: [(name: String, child: ModuleChild)] = [
      ("weight_ih\(suffix)", .parameter(inputWeight)),
      ("weight_hh\(suffix)", .parameter(hiddenWeight)),
    ]
    if let inputBias { list.append(("bias_ih\(suffix)", .parameter(inputBias))) }
    if let hiddenBias { list.append(("bias_hh\(suffix)", .parameter(hiddenBias))) }
    return list
  }
}

import CKernels

/// The rows of one step that are worked on together, forward. Shapes as in RecurrentForward.swift;
/// strides are distances of rows in elements, other rows lie side by side.
struct ForwardRows<T: Real> {
  let count: Int
  let hidden: Int
  /// The products of the input, for LSTM and RNN with those of the state; become the activations.
  let gates: UnsafeMutablePointer<T>
  /// GRU: the products of the state, nil for a state of zeros.
  let sums: UnsafePointer<T>?
  let inputBias, hiddenBias: UnsafePointer<T>?
  /// LSTM: the cells before; GRU: the hidden rows before. nil for zeros.
  let before: UnsafePointer<T>?
  let beforeStride: Int
  /// LSTM: the cells; GRU: the state's part of n.
  let kept: UnsafeMutablePointer<T>
  /// The hidden rows; RNN: the same memory as `gates`.
  let out: UnsafeMutablePointer<T>
  let outStride: Int
}

/// The same rows backward: `gates` become the gradients of the sums.
struct BackwardRows<T: Real> {
  let count: Int
  let hidden: Int
  let gates: UnsafeMutablePointer<T>
  let before: UnsafePointer<T>?
  let beforeStride: Int
  /// LSTM: the cells; GRU: becomes the gradient of the state's part of n.
  let kept: UnsafeMutablePointer<T>
  let out: UnsafePointer<T>
  let outStride: Int
  /// The gradient from later steps. GRU: becomes that of the state before, through z alone.
  let dh: UnsafeMutablePointer<T>
  /// The gradient of the output here, nil for zeros.
  let dOut: UnsafePointer<T>?
  /// LSTM: the gradient of the cells, becomes that of the cells before.
  let dc: UnsafeMutablePointer<T>
}

/// An element type that recurrent layers can run on.
protocol RecurrentElement: Real {
  static func step(_ kind: RecurrentKind, _ rows: ForwardRows<Self>)
  static func stepBack(_ kind: RecurrentKind, _ rows: BackwardRows<Self>)
}

extension Float: RecurrentElement {
  static func step(_ kind: RecurrentKind, _ rows: ForwardRows<Float>) {
    let (count, hidden) = (rows.count, rows.hidden)
    switch kind {
    case .tanh, .relu:
      ck_rnn_forward(
        count, hidden, kind == .relu, rows.inputBias, rows.hiddenBias, rows.out, rows.outStride)
    case .lstm:
      ck_lstm_forward(
        count, hidden, rows.gates, rows.inputBias, rows.hiddenBias, rows.before, rows.kept,
        rows.out, rows.outStride)
    case .gru:
      ck_gru_forward(
        count, hidden, rows.gates, rows.sums, rows.inputBias, rows.hiddenBias, rows.before,
        rows.beforeStride, rows.kept, rows.out, rows.outStride)
    }
  }

  static func stepBack(_ kind: RecurrentKind, _ rows: BackwardRows<Float>) {
    let (count, hidden) = (rows.count, rows.hidden)
    switch kind {
    case .tanh, .relu:
      ck_rnn_backward(
        count, hidden, kind == .relu, rows.out, rows.outStride, rows.dh, rows.dOut, rows.outStride,
        rows.gates)
    case .lstm:
      ck_lstm_backward(
        count, hidden, rows.gates, rows.before, rows.kept, rows.dh, rows.dOut, rows.outStride,
        rows.dc)
    case .gru:
      ck_gru_backward(
        count, hidden, rows.gates, rows.before, rows.beforeStride, rows.kept, rows.dh, rows.dOut,
        rows.outStride)
    }
  }
}

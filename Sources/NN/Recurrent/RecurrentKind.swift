/// What happens at one step of a recurrent layer.
enum RecurrentKind {
  case tanh, relu, lstm, gru

  /// How many blocks of `hiddenSize` rows the weights have: i, f, g, o for an LSTM, r, z, n for a GRU.
  var gateCount: Int {
    switch self {
    case .tanh, .relu: 1
    case .gru: 3
    case .lstm: 4
    }
  }

  /// Whether there is a cell state beside the hidden state.
  var hasCell: Bool { self == .lstm }

  /// Whether each step leaves something behind for backward besides its result.
  var hasGates: Bool { self == .lstm || self == .gru }
}

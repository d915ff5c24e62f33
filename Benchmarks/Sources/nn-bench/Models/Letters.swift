import NN

/// The next letter of "hihell"; the state is carried from step to step.
final class Hihell: Module {
  let rnn = RNN(5, 3, batchFirst: true)
  let fc1 = Linear(3, 5)
  var hidden = Tensor.zeros(1, 1, 3)

  override func forward(_ x: Tensor) -> Tensor {
    let (output, last) = rnn(x.view(1, 6, 5), hidden)
    hidden = last.detach()
    return fc1(output.view(-1, 3))
  }
}

/// The kind of each word of a sentence; the state is carried from sentence to sentence.
final class Tagger: Module {
  let embedding = Embedding(9, 6)
  let lstm = LSTM(6, 3, batchFirst: true)
  let linear = Linear(3, 3)
  var hidden = Tensor.zeros(1, 1, 3)
  var cell = Tensor.zeros(1, 1, 3)

  override func forward(_ sentence: Tensor) -> Tensor {
    let embedded = embedding(sentence).view(1, sentence.size(0), -1)
    let (output, state) = lstm(embedded, (hidden, cell))
    (hidden, cell) = (state.h.detach(), state.c.detach())
    return linear(output.view(-1, 3))
  }
}

/// An LSTM from elementary operations: one product for each gate, 25 letters of 65.
final class HandmadeLSTM: Module {
  static let (letters, size, steps) = (65, 100, 25)

  let forgetWeight, inputWeight, candidateWeight, outputWeight: Parameter
  let forgetBias, inputBias, candidateBias, outputBias: Parameter
  let letterWeight, letterBias: Parameter
  var hidden = Tensor.zeros(1, HandmadeLSTM.size)
  var cell = Tensor.zeros(1, HandmadeLSTM.size)

  override init() {
    let (letters, size) = (Self.letters, Self.size)
    func weight(_ rows: Int, _ columns: Int, mean: Double) -> Parameter {
      Parameter(Tensor.randn(rows, columns) * 0.1 + mean)
    }
    // The order of the draws is that of the other side.
    forgetWeight = weight(size + letters, size, mean: 0.5)
    inputWeight = weight(size + letters, size, mean: 0.5)
    candidateWeight = weight(size + letters, size, mean: 0)
    outputWeight = weight(size + letters, size, mean: 0.5)
    letterWeight = weight(size, letters, mean: 0)
    forgetBias = Parameter(Tensor.zeros(1, size))
    inputBias = Parameter(Tensor.zeros(1, size))
    candidateBias = Parameter(Tensor.zeros(1, size))
    outputBias = Parameter(Tensor.zeros(1, size))
    letterBias = Parameter(Tensor.zeros(1, letters))
    super.init()
  }

  /// The loss of predicting each next letter: x `[25, 65]`, next `[25]`.
  func callAsFunction(_ x: Tensor, _ next: [Int]) -> Tensor {
    var (h, c) = (hidden, cell)
    var loss = Tensor(0.0)
    for t in 0..<Self.steps {
      let z = cat([h, x[t..<t + 1]], dim: 1)
      let f = (z.matmul(forgetWeight) + forgetBias).sigmoid()
      let i = (z.matmul(inputWeight) + inputBias).sigmoid()
      let g = (z.matmul(candidateWeight) + candidateBias).tanh()
      let o = (z.matmul(outputWeight) + outputBias).sigmoid()
      c = f * c + i * g
      h = o * c.tanh()
      let scores = h.matmul(letterWeight) + letterBias
      loss = loss - scores.logSoftmax(dim: 1)[0, next[t]]
    }
    (hidden, cell) = (h.detach(), c.detach())
    return loss
  }
}

import NN

/// Topics of news with a plain recurrent network; the mean of all steps decides.
final class NewsRNN: Module {
  let embedding = Embedding(95812, 64)
  let rnn = RNN(64, 32, batchFirst: true)
  let fc = Linear(32, 4)

  func callAsFunction(_ x: Tensor) -> Tensor {
    let (output, _) = rnn(embedding(x))
    return fc(output.mean(dim: 1))
  }
}

/// Topics of news with an LSTM; its last state decides.
final class NewsLSTM: Module {
  let embedding = Embedding(95812, 64)
  let lstm = LSTM(64, 32, batchFirst: true)
  let fc = Linear(32, 4)

  func callAsFunction(_ x: Tensor) -> Tensor {
    let (_, state) = lstm(embedding(x))
    return fc(state.h[-1])
  }
}

/// As `NewsLSTM`, without the padding.
final class PackedNewsLSTM: Module {
  let embedding = Embedding(95812, 64)
  let lstm = LSTM(64, 32, batchFirst: true)
  let fc = Linear(32, 4)

  func callAsFunction(_ x: Tensor, _ lengths: [Int]) -> Tensor {
    let packed = packPaddedSequence(
      embedding(x), lengths: lengths, batchFirst: true, enforceSorted: false)
    let (_, state) = lstm(packed)
    return fc(state.h[-1])
  }
}

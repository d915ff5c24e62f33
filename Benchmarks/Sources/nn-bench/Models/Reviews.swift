import NN

/// Two bidirectional LSTM layers over reviews of very different lengths, packed or padded.
final class BidirectionalLSTM: Module {
  let embedding = Embedding(25002, 100, paddingIndex: 1)
  let lstm = LSTM(100, 256, numLayers: 2, dropout: 0.5, bidirectional: true)
  let fc = Linear(512, 1)
  let dropout = Dropout(0.5)
  let isPacked: Bool

  init(isPacked: Bool) {
    self.isPacked = isPacked
    super.init()
  }

  func callAsFunction(_ x: Tensor, _ lengths: [Int]) -> Tensor {
    let embedded = dropout(embedding(x))
    let h =
      isPacked
      ? lstm(packPaddedSequence(embedded, lengths: lengths)).state.h : lstm(embedded).state.h
    return fc(dropout(cat([h[-2], h[-1]], dim: 1))).squeeze(1)
  }
}

/// Two linear layers over the numbers of the words.
final class FeedForward: Module {
  let fc1 = Linear(500, 250)
  let fc2 = Linear(250, 1)

  override func forward(_ x: Tensor) -> Tensor { fc2(fc1(x)).sigmoid() }
}

/// Two linear layers over all word vectors in a row.
final class EmbeddedFeedForward: Module {
  let embedding = Embedding(10000, 100)
  let fc1 = Linear(50000, 250)
  let fc2 = Linear(250, 1)

  override func forward(_ x: Tensor) -> Tensor {
    fc2(fc1(embedding(x).view(x.size(0), -1))).sigmoid()
  }
}

/// A convolution over three words at a time; the greatest response of each filter counts.
final class ConvolutionalReviews: Module {
  let embedding = Embedding(10000, 100)
  let conv = Conv1d(100, 200, 3)
  let fc1 = Linear(200, 250)
  let fc2 = Linear(250, 1)

  override func forward(_ x: Tensor) -> Tensor {
    let embedded = embedding(x).transpose(1, 2)
    let strongest = conv(embedded).relu().max(dim: 2).values
    return fc2(fc1(strongest).relu()).sigmoid()
  }
}

/// A recurrent layer applied twice with the same weights, over dimension 0, which is the batch.
final class TwiceRNN: Module {
  let embedding = Embedding(10000, 100)
  let rnn = RNN(100, 100)
  let linear = Linear(500 * 100, 1)

  override func forward(_ x: Tensor) -> Tensor {
    let (once, _) = rnn(embedding(x))
    let (twice, _) = rnn(once)
    return linear(twice.reshape(x.size(0), -1)).sigmoid()
  }
}

/// As `TwiceRNN`, with an LSTM.
final class TwiceLSTM: Module {
  let embedding = Embedding(10000, 100)
  let lstm = LSTM(100, 100)
  let linear = Linear(500 * 100, 1)

  override func forward(_ x: Tensor) -> Tensor {
    let (once, _) = lstm(embedding(x))
    let (twice, _) = lstm(once)
    return linear(twice.reshape(x.size(0), -1)).sigmoid()
  }
}

/// A convolution, the greatest of each four responses, and an LSTM over what is left.
final class ConvolutionalLSTM: Module {
  let embedding = Embedding(10000, 100)
  let conv = Conv1d(100, 64, 5)
  let pool = MaxPool1d(4)
  let lstm = LSTM(64, 70, batchFirst: true)
  let fc = Linear(70, 1)

  override func forward(_ x: Tensor) -> Tensor {
    let pooled = pool(conv(embedding(x).transpose(1, 2)).relu())
    let (_, state) = lstm(pooled.transpose(1, 2))
    return fc(state.h[-1]).sigmoid()
  }
}

// The workloads by name, with the sizes, steps and costs of `perf_torch.py`.

import NN

/// Operations of a matrix product.
private func product(_ rows: Int, _ columns: Int, _ inner: Int = 1) -> Double {
  2 * Double(rows) * Double(columns) * Double(inner)
}

/// Operations of a recurrent layer's products, forward, for a number of inputs to it.
private func recurrent(_ tokens: Double, _ input: Int, _ hidden: Int, gates: Int) -> Double {
  2 * tokens * Double(gates * hidden) * Double(input + hidden)
}

/// The mean number of inputs in a batch, with or without the padding.
private func tokens(_ batches: [RaggedBatch], isPacked: Bool) -> Double {
  let counts = batches.map { isPacked ? $0.lengths.reduce(0, +) : $0.input.count }
  return Double(counts.reduce(0, +)) / Double(counts.count)
}

private func news(
  _ model: Module, gates: Int, isPacked: Bool = false, _ scores: @escaping (RaggedBatch) -> Tensor
) -> any Workload {
  let batches = newsBatches()
  let criterion = CrossEntropyLoss()
  let inputs = tokens(batches, isPacked: isPacked)
  return Training(
    steps: 192, examples: 16,
    flops: 3 * recurrent(inputs, 64, 32, gates: gates) + 3 * product(16, 32, 4),
    batches, Adam(model.parameters(), lr: 1e-3)
  ) { criterion(scores($0), $0.target) }
}

private func bidirectional(isPacked: Bool) -> any Workload {
  let model = BidirectionalLSTM(isPacked: isPacked)
  let batches = raggedReviews(3)
  let criterion = BCEWithLogitsLoss()
  let inputs = tokens(batches, isPacked: isPacked)
  return Training(
    steps: 3, examples: 64,
    flops: 6 * (recurrent(inputs, 100, 256, gates: 4) + recurrent(inputs, 512, 256, gates: 4)),
    batches, Adam(model.parameters())
  ) { criterion(model($0.input, $0.lengths), $0.target) }
}

private func reviews(
  _ model: Module, batch: Int = 256, _ optimizer: Optimizer, steps: Int, flops: Double,
  asNumbers: Bool = false
) -> any Workload {
  let criterion = BCELoss()
  return Training(
    steps: steps, examples: batch, flops: flops, fixedReviews(batch, asNumbers: asNumbers),
    optimizer
  ) { criterion(model($0.input), $0.target) }
}

/// All workloads, in the order they run.
let catalogue: [(name: String, make: () -> any Workload)] = [
  (
    "ag_rnn",
    {
      let model = NewsRNN()
      return news(model, gates: 1) { model($0.input) }
    }
  ),
  (
    "ag_lstm",
    {
      let model = NewsLSTM()
      return news(model, gates: 4) { model($0.input) }
    }
  ),
  (
    "ag_lstm_packed",
    {
      let model = PackedNewsLSTM()
      return news(model, gates: 4, isPacked: true) { model($0.input, $0.lengths) }
    }
  ),
  ("imdb_bilstm2", { bidirectional(isPacked: true) }),
  (
    "imdb_ff",
    {
      let model = FeedForward()
      return reviews(
        model, batch: 2048, SGD(model.parameters(), lr: 1e-5), steps: 200,
        // The words need no gradient.
        flops: 2 * product(2048, 250, 500) + 3 * product(2048, 250), asNumbers: true)
    }
  ),
  (
    "imdb_ff_emb",
    {
      let model = EmbeddedFeedForward()
      return reviews(
        model, SGD(model.parameters(), lr: 1e-4), steps: 24, flops: 3 * product(256, 250, 50000))
    }
  ),
  (
    "imdb_cnn",
    {
      let model = ConvolutionalReviews()
      return reviews(
        model, Adam(model.parameters(), lr: 1e-3), steps: 12,
        flops: 3 * (product(256 * 498, 200, 300) + product(256, 250, 200)))
    }
  ),
  (
    "imdb_rnn",
    {
      let model = TwiceRNN()
      return reviews(
        model, Adam(model.parameters(), lr: 1e-4), steps: 8,
        flops: 6 * recurrent(256 * 500, 100, 100, gates: 1) + 3 * product(256, 50000))
    }
  ),
  (
    "imdb_lstm",
    {
      let model = TwiceLSTM()
      return reviews(
        model, Adam(model.parameters(), lr: 1e-3), steps: 4,
        flops: 6 * recurrent(256 * 500, 100, 100, gates: 4) + 3 * product(256, 50000))
    }
  ),
  (
    "imdb_cnn_lstm",
    {
      let model = ConvolutionalLSTM()
      return reviews(
        model, Adam(model.parameters(), lr: 1e-3), steps: 12,
        flops: 3 * (product(256 * 496, 64, 500) + recurrent(256 * 124, 64, 70, gates: 4)))
    }
  ),
  (
    "mnist_rnn",
    {
      let model = ImageRNN()
      let criterion = CrossEntropyLoss()
      let rows = 28.0 * 64
      return Training(
        steps: 200, examples: 64,
        // The pixels need no gradient.
        flops: 3 * (recurrent(rows, 28, 256, gates: 1) + recurrent(rows, 256, 256, gates: 1))
          - product(28 * 64, 256, 28),
        imageBatches(), Adam(model.parameters(), lr: 1e-3)
      ) { criterion(model($0.input), $0.target) }
    }
  ),
  (
    "hihell",
    {
      let model = Hihell()
      let criterion = CrossEntropyLoss()
      return Training(
        steps: 3000, examples: 1, flops: 0, [hihellBatch()], Adam(model.parameters(), lr: 0.1)
      ) { criterion(model($0.input), $0.target) }
    }
  ),
  (
    "tagger",
    {
      let model = Tagger()
      let criterion = CrossEntropyLoss()
      return Training(
        steps: 2000, examples: 1, flops: 0, tagBatches(), Adam(model.parameters(), lr: 0.1)
      ) { criterion(model($0.input), $0.target) }
    }
  ),
  (
    "charlstm",
    {
      let model = HandmadeLSTM()
      return Training(
        steps: 150, examples: 1, flops: 75 * (4 * product(1, 100, 165) + product(1, 65, 100)),
        letterBatches(), Adagrad(model.parameters(), lr: 0.1), clipValue: 1
      ) { model($0.input, $0.next) }
    }
  ),
  (
    "lstm_fwd_large",
    {
      let lstm = LSTM(256, 512, numLayers: 2)
      lstm.eval()
      let x = Tensor.rand(128, 32, 256)
      let inputs = 128.0 * 32
      return Repetition(
        steps: 12, examples: 32,
        flops: recurrent(inputs, 256, 512, gates: 4) + recurrent(inputs, 512, 512, gates: 4)
      ) { withNoGrad { _ = lstm(x).output } }
    }
  ),
  (
    "gemm",
    {
      let (a, b) = (Tensor.rand(1024, 1024), Tensor.rand(1024, 1024))
      return Repetition(steps: 200, flops: product(1024, 1024, 1024)) { _ = a.matmul(b) }
    }
  ),
  (
    "memcpy",
    {
      let (a, b) = (Tensor.ones(64 << 20), Tensor.zeros(64 << 20))
      return Repetition(steps: 40, bytes: 8 * Double(a.count)) { b.copy(from: a) }
    }
  ),
]

/// Run only when they are named: `imdb_bilstm2` on the padded batch.
let extras: [(name: String, make: () -> any Workload)] = [
  ("imdb_bilstm2_padded", { bidirectional(isPacked: false) })
]

import NN

/// Digits read line by line.
final class ImageRNN: Module {
  let rnn = RNN(28, 256, numLayers: 2, batchFirst: true)
  let fc = Linear(256, 10)

  override func forward(_ x: Tensor) -> Tensor {
    let (output, _) = rnn(x)
    return fc(output[.all, -1, .all])
  }
}

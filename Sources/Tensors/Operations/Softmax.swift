// Softmax and its logarithm along one dimension, computed from the maximum so that nothing overflows.

/// x (outer, length, inner) -> softmax or log-softmax along `length`; not recorded.
package func softmaxElements(
  _ x: Tensor, _ dim: Int, isLogarithm: Bool
) throws(TensorError) -> Tensor {
  let x = try packedElements(x)
  let out = try Tensor.empty(x.layout.shape, x.dtype)
  let sizes = factors(x.layout.shape, dim)
  func run<T: Real>(_ type: T.Type) {
    let (source, target): (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) =
      (x.pointer(), out.pointer())
    for o in 0..<sizes.outer {
      for i in 0..<sizes.inner {
        let start = o * sizes.length * sizes.inner + i
        var peak = -T.infinity
        for l in 0..<sizes.length { peak = greater(peak, source[start + l * sizes.inner]) }
        var sum: T = 0
        for l in 0..<sizes.length {
          let place = start + l * sizes.inner
          let power = T.exp(source[place] - peak)
          if !isLogarithm { target[place] = power }
          sum += power
        }
        if isLogarithm {
          // Not x - (peak + log(sum)): with a large peak that sum would lose the logarithm's digits.
          let logarithm = T.log(sum)
          for l in 0..<sizes.length {
            let place = start + l * sizes.inner
            target[place] = source[place] - peak - logarithm
          }
        } else {
          for l in 0..<sizes.length { target[start + l * sizes.inner] /= sum }
        }
      }
    }
  }
  if x.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  return out
}

/// With y the result: softmax dx = y (g - sum(g y)), log-softmax dx = g - exp(y) sum(g).
final class SoftmaxNode: Node {
  let y: Saved
  let dim: Int
  let isLogarithm: Bool
  override var name: String { isLogarithm ? "LogSoftmaxBackward0" : "SoftmaxBackward0" }

  init(_ x: Tensor, _ y: Tensor, _ dim: Int, isLogarithm: Bool) {
    self.y = Saved(y)
    self.dim = dim
    self.isLogarithm = isLogarithm
    super.init(x)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let y = self.y.tensor
    if isLogarithm {
      let sum = try reduction(.sum, gradient, dim, keepDim: true)
      let part = try combine(.multiply, apply(.exp, y), sum)
      try Tape.send(combine(.subtract, gradient, part), to: first)
    } else {
      let product = try combine(.multiply, gradient, y)
      let sum = try reduction(.sum, product, dim, keepDim: true)
      try Tape.send(combine(.multiply, y, combine(.subtract, gradient, sum)), to: first)
    }
  }
}

extension Tensor {
  private final func softmax(_ dim: Int, isLogarithm: Bool, _ name: String) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard dtype.isFloatingPoint else {
        throw TensorError(name, "expected a floating-point tensor, got \(dtype); use .float()")
      }
      let dim = try resolve(dim, layout.shape.count, name)
      let out = try softmaxElements(self, dim, isLogarithm: isLogarithm)
      guard records(self) else { return out }
      return out.made(by: SoftmaxNode(self, out, dim, isLogarithm: isLogarithm))
    }
  }

  /// exp(x) divided by its sum along `dim`: positive numbers that add up to 1, in the same shape
  /// (`torch.softmax`). Throws (see `attempt`) for integers or when there is no such dimension.
  public final func softmax(dim: Int) -> Tensor {
    softmax(dim, isLogarithm: false, "softmax")
  }

  /// The logarithm of the softmax along `dim`, without loss of precision, in the same shape
  /// (`torch.log_softmax`). Throws (see `attempt`) for integers or when there is no such dimension.
  public final func logSoftmax(dim: Int) -> Tensor {
    softmax(dim, isLogarithm: true, "logSoftmax")
  }
}

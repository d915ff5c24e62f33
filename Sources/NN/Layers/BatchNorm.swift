/// What BatchNorm1d and BatchNorm2d have in common: every channel is shifted and scaled to mean 0
/// and variance 1 over the batch, then by learned factors:
/// y = (x - mean) / √(variance + eps) · weight + bias.
///
/// In training, mean and variance are the batch's, and the running ones move towards them; in
/// evaluation they are the running ones. Follows `torch.nn.BatchNorm1d`.
public class BatchNorm: Module {
  /// The number of channels, dimension 1 of the input.
  public final let numFeatures: Int
  /// The factors `[numFeatures]`, ones at first; nil with `affine: false`.
  public final let weight: Parameter?
  /// The shifts `[numFeatures]`, zeros at first; nil also with `bias: false`.
  public final let bias: Parameter?
  /// The mean of the batches seen so far `[numFeatures]`; nil with `trackRunningStats: false`.
  public final let runningMean: Tensor?
  /// The variance of the batches seen so far `[numFeatures]`; nil with `trackRunningStats: false`.
  public final let runningVar: Tensor?
  /// How many batches were seen: int64 `[]`; nil with `trackRunningStats: false`.
  public final let numBatchesTracked: Tensor?
  private final let eps: Double
  private final let momentum: Double?
  private final let name: String

  init(
    _ name: String, _ numFeatures: Int, _ eps: Double, _ momentum: Double?, _ affine: Bool,
    _ bias: Bool, _ trackRunningStats: Bool
  ) {
    self.name = name
    self.numFeatures = numFeatures
    self.eps = eps
    self.momentum = momentum
    func filled(_ value: Double) throws(TensorError) -> Tensor {
      try requirePositive(numFeatures, "numFeatures", name)
      return try .filled(Extents(numFeatures), .float32, value)
    }
    (weight, self.bias) = constructed(or: (.placeholder(), nil)) { () throws(TensorError) in
      (
        affine ? Parameter(try filled(1)) : nil,
        affine && bias ? Parameter(try filled(0)) : nil
      )
    }
    (runningMean, runningVar, numBatchesTracked) = constructed(or: (.failed, nil, nil)) {
      () throws(TensorError) in
      guard trackRunningStats else { return (nil, nil, nil) }
      return (try filled(0), try filled(1), try .filled(Extents(), .int64, 0))
    }
    super.init()
  }

  /// The shapes the layer takes, for the message.
  var inputShapes: String { "" }

  /// Whether the layer takes an input of so many dimensions.
  func accepts(_ rank: Int) -> Bool { false }

  /// The same shape as `input`. Throws (see `attempt`) for another number of dimensions or channels,
  /// and in training when a channel has only one value.
  public final override func forward(_ input: Tensor) -> Tensor {
    guarded([input, weight, runningMean].compactMap { $0 }, or: .failed) {
      () throws(TensorError) in
      let shape = input.layout.shape
      guard accepts(shape.count) else {
        throw TensorError(place, expected: "an input of shape \(inputShapes)", actual: "\(shape)")
      }
      guard shape[1] == numFeatures, numFeatures > 0 else {
        throw TensorError(
          place, "expected \(numFeatures) channels, got \(shape[1]) (input shape \(shape))")
      }
      try requireFloat(input, place)
      if let given = weight ?? runningMean, given.dtype != input.dtype {
        throw TensorError(place, expected: "\(given.dtype) input", actual: "\(input.dtype)")
      }
      if !isTraining, let runningMean, let runningVar {
        return try batchNorm(input, weight, bias, runningMean, runningVar, eps)
      }
      let values = input.layout.count / numFeatures
      guard values > 1 || !isTraining else {
        throw TensorError(
          place,
          "expected more than one value for each channel in training, got input shape \(shape); "
            + "use more samples, or eval()")
      }
      let (mean, variance) = try channelMoments(input)
      if isTraining { track(mean, variance, values) }
      return try batchNorm(input, weight, bias, mean, variance, eps, isOfBatch: true)
    }
  }

  /// Moves the running mean and variance towards those of a batch with `values` values a channel.
  private final func track(_ mean: Tensor, _ variance: Tensor, _ values: Int) {
    guard let runningMean, let runningVar, let numBatchesTracked else { return }
    let seen = numBatchesTracked.pointer(Int.self)
    seen[0] &+= 1
    let step = momentum ?? 1 / Double(seen[0])
    let unbiased = Double(values) / Double(values - 1)
    func run<T: Real>(_ type: T.Type) {
      let (means, variances) = (runningMean.pointer(T.self), runningVar.pointer(T.self))
      for c in 0..<numFeatures {
        let (m, v) = (mean.pointer(Double.self)[c], variance.pointer(Double.self)[c] * unbiased)
        means[c] = T(number: (1 - step) * means[c].number + step * m)
        variances[c] = T(number: (1 - step) * variances[c].number + step * v)
      }
    }
    if runningMean.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  }

  public final override var namedChildren: [(name: String, child: ModuleChild)] {
    var children: [(name: String, child: ModuleChild)] = []
    if let weight { children.append(("weight", .parameter(weight))) }
    if let bias { children.append(("bias", .parameter(bias))) }
    if let runningMean { children.append(("running_mean", .buffer(runningMean))) }
    if let runningVar { children.append(("running_var", .buffer(runningVar))) }
    if let numBatchesTracked {
      children.append(("num_batches_tracked", .buffer(numBatchesTracked)))
    }
    return children
  }

  public final override var extraRepresentation: String {
    "\(numFeatures), eps=\(eps), momentum=\(momentum.map { "\($0)" } ?? "None"), "
      + "affine=\((weight != nil).pythonText), bias=\((bias != nil).pythonText), "
      + "track_running_stats=\((runningMean != nil).pythonText)"
  }
}

/// Normalizes each channel of `[batch, channels]` or `[batch, channels, length]` over the batch.
///
/// See `BatchNorm` for the rule. Follows `torch.nn.BatchNorm1d`.
public final class BatchNorm1d: BatchNorm {
  /// A layer for `numFeatures` channels. The running moments move by the part `momentum` of the
  /// distance to each batch, or are the average over all batches when it is nil. Throws (see
  /// `attempt`) when `numFeatures` is not positive.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true
  ) {
    super.init("BatchNorm1d", numFeatures, eps, momentum, affine, bias, trackRunningStats)
  }

  override var inputShapes: String { "[batch, channels] or [batch, channels, length]" }
  override func accepts(_ rank: Int) -> Bool { rank == 2 || rank == 3 }
}

/// Normalizes each channel of `[batch, channels, height, width]` over the batch.
///
/// See `BatchNorm` for the rule. Follows `torch.nn.BatchNorm2d`.
public final class BatchNorm2d: BatchNorm {
  /// A layer for `numFeatures` channels. The running moments move by the part `momentum` of the
  /// distance to each batch, or are the average over all batches when it is nil. Throws (see
  /// `attempt`) when `numFeatures` is not positive.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true
  ) {
    super.init("BatchNorm2d", numFeatures, eps, momentum, affine, bias, trackRunningStats)
  }

  override var inputShapes: String { "[batch, channels, height, width]" }
  override func accepts(_ rank: Int) -> Bool { rank == 4 }
}

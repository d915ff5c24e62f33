/// The layers of a model and their parameters, without running it.
///
/// `depth`: rows below it are counted in those above. Follows `torchinfo.summary`.
public func summary(_ model: Module, depth: Int = 3) -> ModelSummary {
  ModelSummary(SummaryTree(model).rows, inputBytes: nil, depth: depth)
}

/// The layers of a model, run on zeros of a shape, which includes the batch: `[32, 10]`.
///
/// The model is called in evaluation, without recording, and left as it was. It must define
/// `forward(_:)`; one with a call of its own is given a closure: `summary(…) { model($0) }`.
/// Modules appear in the order in which they ran, those that were not called with `--`.
/// Throws (see `attempt`) when a size is not positive or the model does. Follows
/// `torchinfo.summary`.
public func summary(
  _ model: Module, inputSize: [Int], dtype: DType = .float32, depth: Int = 3
) -> ModelSummary {
  summary(model, inputSize: inputSize, dtype: dtype, depth: depth) { model.forward($0) }
}

/// As above; `run` calls the model and returns its (first) result.
public func summary(
  _ model: Module, inputSize: [Int], dtype: DType = .float32, depth: Int = 3,
  _ run: (Tensor) -> Tensor
) -> ModelSummary {
  guarded([], or: summary(model, depth: depth)) { () throws(TensorError) in
    for size in inputSize where size <= 0 {
      throw TensorError("summary", expected: "sizes above 0", actual: "\(inputSize)")
    }
    let input = Tensor.zeros(inputSize, dtype: dtype)
    return observed(model, [input], depth) { run(input) }
  }
}

/// The layers of a model, run on a tensor.
public func summary(_ model: Module, input: Tensor, depth: Int = 3) -> ModelSummary {
  observed(model, [input], depth) { model.forward(input) }
}

/// The layers of a model, run on several tensors: `summary(model, inputs: [x, h]) { model($0[0],
/// $0[1]) }`. `run` calls the model and returns its (first) result.
public func summary(
  _ model: Module, inputs: [Tensor], depth: Int = 3, _ run: ([Tensor]) -> Tensor
) -> ModelSummary {
  observed(model, inputs, depth) { run(inputs) }
}

/// Runs the model, in evaluation and without recording, and makes a summary of what happened.
private func observed(
  _ model: Module, _ inputs: [Tensor], _ depth: Int, _ run: () -> Tensor
) -> ModelSummary {
  let modes = model.modules().map { ($0, $0.isTraining) }
  let (outer, observer) = (runObserver, RunObserver())
  runObserver = observer
  model.eval()
  withNoGrad { _ = observer.run(model, run) }
  runObserver = outer
  // Wholes come before their parts, so each part gets its own mode last.
  for (module, isTraining) in modes { module.train(isTraining) }
  let bytes = inputs.reduce(0) { $0 &+ $1.count &* $1.dtype.byteCount }
  return ModelSummary(SummaryTree(model, observer).rows, inputBytes: bytes, depth: depth)
}

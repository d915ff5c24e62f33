// What makes the tape look at every gradient before it hands it on: a saved tensor that was changed
// in place, and the search for the operation that made a nan.

extension Tape {
  private nonisolated(unsafe) static var change: (shape: Extents, times: Int)?
  fileprivate(set) nonisolated(unsafe) static var isWatching = false

  /// A rule has read a saved tensor that was changed after it was saved.
  @inline(never)
  static func noteChange(_ shape: Extents, _ times: Int) {
    guard visited != nil else { return }
    change = (shape, times)
    isDisturbed = true
  }

  /// Forgets what the last walk has found.
  static func settle() {
    change = nil
    isDisturbed = isWatching
  }

  /// Throws when the rule at work has read a saved tensor that was changed after it was saved.
  static func requireUnchanged() throws(TensorError) {
    guard let visited, let (shape, times) = change else { return }
    settle()
    throw TensorError(
      "backward",
      "\(visited.name) needs a tensor of shape \(shape) that was changed in place "
        + "\(times == 1 ? "once" : "\(times) times") after it was saved; change a clone() of it, "
        + "or assign a new tensor instead")
  }

  @inline(never)
  static func checkSent(_ gradient: Tensor) throws(TensorError) {
    guard let visited else { return }
    try requireUnchanged()
    if isWatching, let word = strangeNumber(gradient) {
      throw TensorError(
        "backward", "\(visited.name) made a gradient of shape \(gradient.layout.shape) with \(word)"
      )
    }
  }

  /// `nan` or `inf` when some element is one.
  static func strangeNumber(_ x: Tensor) -> String? {
    guard x.dtype.isFloatingPoint, !x.isFailed, let x = try? packedElements(x) else { return nil }
    var word: String?
    for i in 0..<x.layout.count {
      let value = x.number(i)
      if value.isNaN { return "nan" }
      if value.isInfinite { word = "inf" }
    }
    return word
  }
}

/// Runs `body`; every `backward()` in it checks each gradient on its way, and throws an error (see
/// `attempt`) that names the first operation whose gradient holds a nan or an infinity. A loss that
/// is one itself is reported as such, once, before anything is walked.
///
/// Follows `torch.autograd.detect_anomaly`. It costs a look at every gradient: use it to find a
/// mistake, not to train.
@discardableResult
public func withAnomalyDetection<R>(_ body: () throws -> R) rethrows -> R {
  let wasWatching = Tape.isWatching
  Tape.isWatching = true
  Tape.settle()
  defer {
    Tape.isWatching = wasWatching
    Tape.settle()
  }
  return try body()
}

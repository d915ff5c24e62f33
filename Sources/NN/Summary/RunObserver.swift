/// Who is told about the modules that run; nil except while `summary` runs a model.
///
/// `Layer.callAsFunction(_:)` asks for it, and so do the modules with calls of their own, at their
/// end, with `runObserver?.note(self, output)`. Without an observer that is one load.
nonisolated(unsafe) var runObserver: RunObserver?

/// Writes down which modules ran, in the order in which they began, and the shapes of their outputs.
final class RunObserver {
  /// One run of one module.
  struct Run {
    let module: Module
    var shape: [Int] = []
    var byteCount = 0
  }

  private(set) var runs: [Run] = []
  private var running: [ObjectIdentifier] = []

  /// A call that may contain others. A call within a call of the same module is one.
  func run(_ caller: AnyObject, _ body: () -> Tensor) -> Tensor {
    guard let module = caller as? Module, !running.contains(ObjectIdentifier(module)) else {
      return body()
    }
    let place = runs.count
    runs.append(Run(module: module))
    running.append(ObjectIdentifier(module))
    let output = body()
    running.removeLast()
    finish(place, output)
    return output
  }

  /// A call that contains no others and is over; `output` is the first of its results.
  func note(_ module: Module, _ output: Tensor) {
    guard !running.contains(ObjectIdentifier(module)) else { return }
    runs.append(Run(module: module))
    finish(runs.count - 1, output)
  }

  private func finish(_ place: Int, _ output: Tensor) {
    runs[place].shape = output.shape
    runs[place].byteCount = output.count &* output.dtype.byteCount
  }
}

/// A run as far as it has come: a pure value that events are applied to.
public struct NotebookRunState: Sendable {
  /// What there is so far; at the end, the result.
  public private(set) var run: NotebookRun
  /// Index of the cell that is running.
  public private(set) var currentCell: Int?
  /// Whether the worker said that it has nothing more to say.
  public private(set) var isFinished = false
  private var isChecked = false
  private var printed = PrintedText()

  /// Before the first event: cells that do not run are marked so.
  public init(_ notebook: Notebook) {
    run = NotebookRun(
      notebook: notebook,
      cells: notebook.cells.map { CellRun(status: $0.options.run ? .notRun : .skipped) },
      problems: notebook.problems,
      outcome: notebook.problems.hasError ? .rejected : .succeeded)
  }

  /// The label of the cell that is running.
  public var currentLabel: String? { currentCell.map { run.notebook.cells[$0].label } }

  /// Takes in what the worker says.
  public mutating func apply(_ event: CellEvent) {
    switch event {
    case .checked(let diagnostics):
      isChecked = true
      run.problems += diagnostics.map { NotebookProblem($0, in: run.notebook) }
      if run.problems.hasError { run.outcome = .rejected }
    case .cellStarted(let cell):
      guard run.cells.indices.contains(cell) else { return }
      currentCell = cell
      printed = PrintedText()
    case .text(let text):
      guard let currentCell else { return }
      printed.append(text, to: &run.cells[currentCell].outputs)
    case .value(let text, let typeName):
      append(.value(text: text, typeName: typeName))
    case .error(let fault):
      append(.error(CellError(fault, in: run.notebook)))
    case .cellEnded(let outcome, let seconds):
      guard let currentCell else { return }
      printed.finish(&run.cells[currentCell].outputs)
      run.cells[currentCell].status = CellRun.Status(outcome)
      run.cells[currentCell].duration = seconds
      switch outcome {
      case .failed: run.outcome = .failed
      case .interrupted: run.outcome = .interrupted
      case .succeeded, .failedAsExpected: break
      }
      self.currentCell = nil
    case .finished:
      isFinished = true
    }
  }

  /// Takes in that the worker is gone, whether it was done or not.
  ///
  /// - Parameters:
  ///   - stop: why the parent killed it, if it did.
  ///   - seconds: how long the running cell, if there is one, ran.
  public mutating func workerEnded(_ end: WorkerEnd, stop: WorkerStop?, cellSeconds seconds: Double)
  {
    guard !isFinished else { return }
    let error: CellError
    switch stop {
    case .cellTimeout(let limit):
      error = CellError(
        kind: .timeout, message: CellFault.timeoutMessage(limit, isOfNotebook: false))
    case .notebookTimeout(let limit):
      error = CellError(
        kind: .timeout, message: CellFault.timeoutMessage(limit, isOfNotebook: true))
    case .interrupt: error = CellError(kind: .interrupted, message: "interrupted")
    case nil:
      error = CellError(
        kind: .workerDied, message: "the worker \(end.description) while this cell ran")
    }
    isFinished = true
    let isInterrupted = error.kind == .interrupted
    guard currentCell != nil else {
      let words = isInterrupted ? "interrupted" : stop == nil ? nil : error.message
      let message =
        words
        ?? "the worker \(end.description) \(isChecked ? "between cells" : "before the first cell")"
      if !isInterrupted {
        run.problems.append(NotebookProblem(.error, message, path: run.notebook.path))
      }
      run.outcome = isInterrupted ? .interrupted : isChecked ? .failed : .rejected
      return
    }
    append(.error(error))
    apply(.cellEnded(outcome: isInterrupted ? .interrupted : .failed, seconds: seconds))
  }

  /// Takes in that no worker could be started.
  mutating func refuse(_ problem: NotebookProblem) {
    run.problems.append(problem)
    run.outcome = .rejected
    isFinished = true
  }

  /// Notes how long everything took.
  mutating func ended(after seconds: Double) {
    run.duration = seconds
  }

  private mutating func append(_ output: CellOutput) {
    guard let currentCell else { return }
    printed.finish(&run.cells[currentCell].outputs)
    run.cells[currentCell].outputs.append(output)
  }
}

extension CellRun.Status {
  fileprivate init(_ outcome: CellOutcome) {
    switch outcome {
    case .succeeded: self = .succeeded
    case .failedAsExpected: self = .failedAsExpected
    case .failed: self = .failed
    case .interrupted: self = .interrupted
    }
  }
}

import Glibc

/// Runs a notebook in a worker process: starts it, listens, keeps the time, and sees to its end.
public struct NotebookRunner {
  /// What an observer is told: an event and the state it led to.
  public typealias Observer = (_ event: CellEvent, _ state: NotebookRunState) -> Void

  /// How often Ctrl-C was pressed since the program began.
  public typealias InterruptCount = () -> Int

  /// How long the worker gets to end a cell by itself, at a source line, once its time has passed.
  private static let grace = 1.0
  /// How long Ctrl-C may go unnoticed while nothing happens.
  private static let pollMilliseconds: Int32 = 50

  public var worker: WorkerCommand
  /// Wall-clock limit of a notebook in seconds.
  public var timeout: Double?
  public var interruptCount: InterruptCount

  public init(
    worker: WorkerCommand, timeout: Double? = nil, interruptCount: @escaping InterruptCount = { 0 }
  ) {
    self.worker = worker
    self.timeout = timeout
    self.interruptCount = interruptCount
  }

  /// Checks all cells and runs them in order.
  ///
  /// - Parameter checksOnly: stop after checking.
  /// - Returns: the result; also when the worker died, which is an error of the cell that ran.
  public func run(
    _ notebook: Notebook, checksOnly: Bool = false, observer: Observer = { _, _ in }
  ) -> NotebookRun {
    let start = monotonicSeconds()
    var state = NotebookRunState(notebook)
    let request = RunRequest(notebook, checksOnly: checksOnly, timeout: timeout)
    if !state.run.problems.hasError, !request.cells.isEmpty {
      do {
        let process = try WorkerProcess(worker)
        process.send(request)
        var shift = Shift(
          process: process, request: request, start: start, interruptCount: interruptCount)
        shift.listen(&state, observer)
      } catch {
        state.refuse(error)
      }
    }
    state.ended(after: monotonicSeconds() - start)
    return state.run
  }

  /// The time one worker works.
  private struct Shift {
    let process: WorkerProcess
    let request: RunRequest
    let start: Double
    let interruptCount: InterruptCount
    var reader: LineReader
    var cellStart = 0.0
    var cellLimit: Double?
    var stop: WorkerStop?
    var seenInterrupts: Int

    init(
      process: WorkerProcess, request: RunRequest, start: Double,
      interruptCount: @escaping InterruptCount
    ) {
      self.process = process
      self.request = request
      self.start = start
      self.interruptCount = interruptCount
      reader = LineReader(descriptor: process.events)
      seenInterrupts = interruptCount()
    }

    mutating func listen(_ state: inout NotebookRunState, _ observer: Observer) {
      let first = seenInterrupts
      while true {
        var descriptor = pollfd(fd: process.events, events: Int16(POLLIN), revents: 0)
        let ready = poll(&descriptor, 1, NotebookRunner.pollMilliseconds)
        if ready > 0 {
          guard let lines = reader.read() else { break }
          for line in lines {
            guard let event = EventCoding.message(CellEvent.self, from: line) else { continue }
            note(event)
            state.apply(event)
            observer(event, state)
          }
        }
        if state.isFinished { break }
        let count = interruptCount()
        if count > seenInterrupts {
          seenInterrupts = count
          if count - first == 1 { process.interrupt() } else { kill(.interrupt) }
        }
        checkTime()
      }
      // A worker that has no more to say need not tidy up, nor may it hang.
      if state.isFinished { process.kill() }
      let end = process.wait()
      let isOver = state.isFinished
      let cell = state.currentCell
      state.workerEnded(end, stop: stop, cellSeconds: monotonicSeconds() - cellStart)
      if !isOver, let cell, let outcome = CellOutcome(state.run.cells[cell].status) {
        for case .error(let error) in state.run.cells[cell].outputs.suffix(1) {
          observer(.error(CellFault(kind: error.kind, message: error.message)), state)
        }
        observer(
          .cellEnded(outcome: outcome, seconds: state.run.cells[cell].duration), state)
      }
    }

    private mutating func note(_ event: CellEvent) {
      switch event {
      case .cellStarted(let cell):
        cellStart = monotonicSeconds()
        cellLimit = request.cells.first { $0.index == cell }?.timeout
      case .cellEnded: cellLimit = nil
      default: break
      }
    }

    private mutating func checkTime() {
      let now = monotonicSeconds()
      if let limit = cellLimit, now - cellStart > limit + NotebookRunner.grace {
        kill(.cellTimeout(limit))
      } else if let limit = request.timeout, now - start > limit + NotebookRunner.grace {
        kill(.notebookTimeout(limit))
      }
    }

    private mutating func kill(_ reason: WorkerStop) {
      guard stop == nil else { return }
      stop = reason
      process.kill()
    }
  }
}

extension CellOutcome {
  fileprivate init?(_ status: CellRun.Status) {
    switch status {
    case .failed: self = .failed
    case .interrupted: self = .interrupted
    default: return nil
    }
  }
}

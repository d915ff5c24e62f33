import Notebooks
import Synchronization

/// Where a run has got to, on standard error: one line that rewrites itself on a terminal, one line a
/// cell otherwise.
final class Progress: Sendable {
  private struct State {
    var started = 0
    var isLineShown = false
  }

  private let isQuiet: Bool
  private let notebookCount: Int
  private let state = Mutex(State())

  init(isQuiet: Bool, notebookCount: Int) {
    self.isQuiet = isQuiet
    self.notebookCount = notebookCount
  }

  /// Begins to follow one more notebook.
  func notebook() -> Tracker {
    state.withLock { state in
      state.started += 1
      return Tracker(progress: self, number: state.started)
    }
  }

  /// Takes the line away and writes something that stays.
  func report(_ text: String) {
    state.withLock { state in
      clear(&state)
      if !text.isEmpty { StandardError.write(text) }
    }
  }

  /// Takes the line away, before something goes to standard output.
  func clear() {
    state.withLock { clear(&$0) }
  }

  private func clear(_ state: inout State) {
    guard state.isLineShown else { return }
    StandardError.write("\r\u{1B}[K")
    state.isLineShown = false
  }

  fileprivate func show(_ line: String, stays: Bool) {
    guard !isQuiet else { return }
    state.withLock { state in
      if StandardError.isTerminal {
        guard !stays else { return }
        StandardError.write("\r\u{1B}[K" + line)
        state.isLineShown = true
      } else if stays {
        StandardError.write(line + "\n")
      }
    }
  }

  /// Follows one notebook.
  final class Tracker {
    private let progress: Progress
    private let number: Int
    private let start = monotonicSeconds()
    private var cell = 0

    fileprivate init(progress: Progress, number: Int) {
      self.progress = progress
      self.number = number
    }

    func update(_ event: CellEvent, _ state: NotebookRunState) {
      switch event {
      case .cellStarted(let index):
        cell = index
        progress.show(line(state.run), stays: false)
      case .cellEnded:
        progress.show(line(state.run), stays: true)
      case .finished:
        progress.clear()
      default: break
      }
    }

    private func line(_ run: NotebookRun) -> String {
      let seconds = Duration.seconds(monotonicSeconds() - start).formattedSeconds
      let label = run.notebook.cells.indices.contains(cell) ? run.notebook.cells[cell].label : ""
      return "notebook \(number)/\(progress.notebookCount) · "
        + "cell \(cell + 1)/\(run.notebook.cells.count) \(label) · \(seconds)"
    }
  }
}

extension Duration {
  /// `0.4 s`, `12 s`.
  var formattedSeconds: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) * 1e-18
    if seconds >= 10 || seconds == seconds.rounded() { return "\(Int(seconds.rounded())) s" }
    return "\((seconds * 10).rounded() / 10) s"
  }
}

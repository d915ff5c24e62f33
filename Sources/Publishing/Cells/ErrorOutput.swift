import Notebooks

/// The error that ended a cell: what happened, where, and how it came there.
struct ErrorOutput {
  let error: CellError
  let isExpected: Bool

  var element: Element {
    Element("div", ["class": isExpected ? "fault expected" : "fault"]) {
      Element("p", ["class": "headline"]) {
        if isExpected { Element("span", ["class": "mark"]) { "expected" } }
        Element("strong") { headline }
        if !message.isEmpty {
          Element("span", ["class": "message"]) { message }
        }
      }
      for problem in error.problems {
        Finding.place(of: problem, withMessage: error.problems.count > 1)
      }
      if error.trace.count > 1 { trace }
    }
  }

  private var message: String {
    // The words of several errors stand at their places.
    error.kind == .compile && error.problems.count > 1 ? "" : error.message
  }

  private var headline: String {
    switch error.kind {
    case .compile: return error.problems.count > 1 ? "Compile errors" : "Compile error"
    case .trap: return "Fatal error"
    case .uncaughtError: return error.typeName ?? "Error"
    case .timeout: return "Time limit"
    case .interrupted: return "Interrupted"
    case .exit: return "Exit"
    case .workerDied: return "Process ended"
    case .unmetExpectation: return "Not the expected error"
    }
  }

  /// Calls from the innermost to the outermost. A recursion without end fills traces with the same
  /// few frames: the middle of a long one is left out.
  private var trace: Element {
    let edge = 8
    let isLong = error.trace.count > 2 * edge + 1
    let inner = isLong ? error.trace.prefix(edge) : error.trace[...]
    let outer = isLong ? error.trace.suffix(edge) : []
    return Element("details", ["class": "trace"]) {
      Element("summary") { "Trace, innermost call first" }
      Element("ol") {
        for frame in inner { item(for: frame) }
        if isLong {
          Element("li", ["class": "omission"]) {
            "⋯ \(error.trace.count - 2 * edge) calls left out ⋯"
          }
        }
        for frame in outer { item(for: frame) }
      }
    }
  }

  private func item(for frame: CellError.Frame) -> Element {
    Element("li") {
      Element("code") { frame.function }
      " in "
      Element("a", ["href": "#\(frame.cell)"]) { frame.cell }
      ", line \(frame.position.line)"
    }
  }
}

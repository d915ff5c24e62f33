import Interpreter
import Notebooks

/// A session that does what the test says instead of running Swift.
///
/// A cell's code is a list of lines: `print TEXT`, `value TEXT`, `fail TYPE MESSAGE`, `wrong MESSAGE` (the
/// checker refuses the line), `timeout`, `interrupted`.
final class ScriptedSession: CellSession {
  private let output: (String) -> Void
  private var units: [SourceUnit] = []
  private(set) var ran: [String] = []
  private(set) var deadlines: [Double?] = []

  init(output: @escaping (String) -> Void = { _ in }) {
    self.output = output
  }

  func check(_ units: [SourceUnit]) -> [Diagnostic] {
    self.units = units
    var diagnostics: [Diagnostic] = []
    for (unit, source) in units.enumerated() {
      for (line, text) in source.text.split(separator: "\n").enumerated() {
        guard let message = Self.rest(of: text, after: "wrong ") else { continue }
        let location = SourceLocation(unit: unit, line: line + 1, column: 7, offset: 0)
        diagnostics.append(Diagnostic(.error, message, at: location, length: message.utf8.count))
      }
    }
    return diagnostics
  }

  func runCell(_ unit: Int, deadline: Double?) throws(RuntimeFault) -> CellValue? {
    ran.append(units[unit].name)
    deadlines.append(deadline)
    var value: CellValue?
    for (line, text) in units[unit].text.split(separator: "\n").enumerated() {
      let frame = RuntimeFault.Frame(
        function: "main",
        location: SourceLocation(unit: unit, line: line + 1, column: 1, offset: 0))
      if let text = Self.rest(of: text, after: "print ") { output(text + "\n") }
      if let text = Self.rest(of: text, after: "value ") {
        value = CellValue(text: text, typeName: "Int")
      }
      if let words = Self.rest(of: text, after: "fail ") {
        let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
        throw RuntimeFault(
          kind: .uncaughtError, typeName: parts[0], message: parts[1], trace: [frame])
      }
      if text == "timeout" {
        throw RuntimeFault(kind: .timeout, message: "deadline", trace: [frame])
      }
      if text == "interrupted" {
        throw RuntimeFault(kind: .interrupted, message: "stop", trace: [frame])
      }
    }
    return value
  }

  func interrupt() {}

  private static func rest(of line: Substring, after prefix: String) -> String? {
    line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
  }
}

extension NotebookRun {
  /// Runs a notebook with a scripted session, without any process: what the worker says goes straight
  /// to the state.
  static func scripted(_ text: String, timeout: Double? = nil) -> NotebookRun {
    let notebook = Notebook(parsing: text, path: "test.md")
    var state = NotebookRunState(notebook)
    var send: (CellEvent) -> Void = { _ in }
    let session = ScriptedSession { send(.text($0)) }
    send = { state.apply($0) }
    CellRunner(RunRequest(notebook, timeout: timeout), session: session) { send($0) }.run()
    return state.run
  }
}

import Interpreter

/// Checks and runs cells, and says what happens.
///
/// This is all the policy of a run (what an expected error is, when a run stops) without any process,
/// pipe or file: a function from a request and a session to events.
public final class CellRunner {
  private let request: RunRequest
  private let session: any CellSession
  private let send: (CellEvent) -> Void
  private let now: () -> Double
  /// Cells whose check failed as they said it would, by index into the request.
  private var expectedDiagnostics: [Int: [CellDiagnostic]] = [:]

  /// - Parameter now: a clock in seconds that never goes back.
  public init(
    _ request: RunRequest, session: any CellSession, now: @escaping () -> Double = monotonicSeconds,
    send: @escaping (CellEvent) -> Void
  ) {
    self.request = request
    self.session = session
    self.now = now
    self.send = send
  }

  /// Checks all cells and, if nothing forbids it, runs them in order.
  public func run() {
    let start = now()
    let diagnostics = check()
    send(.checked(diagnostics: diagnostics))
    guard !request.checksOnly, !diagnostics.contains(where: { $0.severity == .error }) else {
      send(.finished)
      return
    }
    for unit in request.cells.indices {
      let remaining = request.timeout.map { $0 - (now() - start) }
      guard run(unit, remaining: remaining) else { break }
    }
    send(.finished)
  }

  /// Everything the checker says that no cell expects.
  private func check() -> [CellDiagnostic] {
    let units = request.cells.map { SourceUnit(name: $0.label, text: $0.code) }
    var diagnostics: [CellDiagnostic] = []
    var byUnit: [Int: [CellDiagnostic]] = [:]
    for diagnostic in session.check(units) {
      let unit = diagnostic.location.unit
      if request.cells[unit].expectedError == nil {
        diagnostics.append(located(diagnostic))
      } else {
        byUnit[unit, default: []].append(located(diagnostic))
      }
    }
    for (unit, found) in byUnit.sorted(by: { $0.key < $1.key }) {
      let errors = found.filter { $0.severity == .error }
      let expected = request.cells[unit].expectedError ?? ""
      if !errors.isEmpty, errors.contains(where: { $0.message.contains(expected) }) {
        expectedDiagnostics[unit] = found
      } else {
        diagnostics += found
      }
    }
    return diagnostics.sorted {
      ($0.place.cell, $0.place.line, $0.place.column)
        < ($1.place.cell, $1.place.line, $1.place.column)
    }
  }

  /// - Returns: whether the run goes on.
  private func run(_ unit: Int, remaining: Double?) -> Bool {
    let cell = request.cells[unit]
    let start = now()
    send(.cellStarted(cell: cell.index))
    let outcome = outcome(of: unit, remaining: remaining)
    send(.cellEnded(outcome: outcome, seconds: now() - start))
    return outcome == .succeeded || outcome == .failedAsExpected
  }

  private func outcome(of unit: Int, remaining: Double?) -> CellOutcome {
    let cell = request.cells[unit]
    if let diagnostics = expectedDiagnostics[unit] {
      let message = diagnostics.first { $0.severity == .error }?.message ?? ""
      send(.error(CellFault(kind: .compile, message: message, diagnostics: diagnostics)))
      return .failedAsExpected
    }
    do {
      let limit = min(cell.timeout, max(0, remaining ?? .infinity))
      if let value = try session.runCell(unit, deadline: limit) {
        send(.value(text: value.text, typeName: value.typeName))
      }
    } catch {
      let ofNotebook = remaining.map { $0 < cell.timeout } ?? false
      let fault = located(error, cell: cell, timeoutIsOfNotebook: ofNotebook)
      send(.error(fault))
      if fault.kind == .interrupted { return .interrupted }
      guard let expected = cell.expectedError else { return .failed }
      if fault.isExpected(expected) { return .failedAsExpected }
      send(.error(.unmet("this cell should fail with '\(expected)', but it failed otherwise")))
      return .failed
    }
    guard let expected = cell.expectedError else { return .succeeded }
    send(.error(.unmet("this cell should fail with '\(expected)', but it did not fail")))
    return .failed
  }

  private func located(_ diagnostic: Diagnostic) -> CellDiagnostic {
    CellDiagnostic(
      NotebookProblem.Severity(rawValue: diagnostic.severity.rawValue) ?? .error,
      diagnostic.message, at: place(diagnostic.location), length: diagnostic.length,
      notes: diagnostic.notes.map(located))
  }

  private func place(_ location: SourceLocation) -> CellPlace {
    CellPlace(
      cell: request.cells[location.unit].index, line: location.line, column: location.column)
  }

  private func located(
    _ fault: RuntimeFault, cell: RunRequest.Cell, timeoutIsOfNotebook: Bool
  ) -> CellFault {
    let kind: CellError.Kind
    var message = fault.message
    switch fault.kind {
    case .trap: kind = .trap
    case .uncaughtError: kind = .uncaughtError
    case .timeout:
      kind = .timeout
      message = CellFault.timeoutMessage(
        timeoutIsOfNotebook ? request.timeout : cell.timeout, isOfNotebook: timeoutIsOfNotebook)
    case .interrupted:
      kind = .interrupted
      message = "interrupted"
    case .exit(let status):
      kind = .exit
      message = "exit(\(status)) was called; the cells behind this one did not run"
    }
    return CellFault(
      kind: kind, typeName: fault.typeName, message: message,
      trace: fault.trace.map { CellFault.Frame(function: $0.function, place: place($0.location)) })
  }
}

extension CellFault {
  /// An error named by `error:` is meant by its type or by a part of its message.
  func isExpected(_ expected: String) -> Bool {
    typeName == expected || message.contains(expected)
  }

  static func unmet(_ message: String) -> CellFault {
    CellFault(kind: .unmetExpectation, message: message)
  }

  static func timeoutMessage(_ seconds: Double?, isOfNotebook: Bool) -> String {
    let limit = seconds.map { $0 == $0.rounded() && $0 < 1e9 ? "\(Int($0))" : "\($0)" } ?? "?"
    return "the time limit of \(limit) s for "
      + (isOfNotebook ? "the whole notebook has passed" : "this cell has passed")
  }
}

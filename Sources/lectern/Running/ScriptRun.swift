import Glibc
import Interpreter
import Notebooks

/// A script, run in this process: it prints what the compiled program would print.
struct ScriptRun {
  let path: String
  let timeout: Double?

  func run() -> RunOutcome {
    guard let (session, source) = checked() else { return .failure }
    let watch = Watch(session: session, timeout: timeout, path: path)
    defer { watch.end() }
    do {
      _ = try session.run(0, deadline: timeout)
      return Interrupts.count > 0 ? RunOutcome(isInterrupted: true) : RunOutcome()
    } catch {
      return report(error, source: source)
    }
  }

  /// Prints what the interpreter made of the script.
  func dump() -> RunOutcome {
    guard let (session, _) = checked() else { return .failure }
    StandardOutput.shared.write(session.dump(unit: 0))
    return RunOutcome()
  }

  private func checked() -> (Session, SourceText)? {
    do {
      let source = try SourceFile.read(path)
      let session = makeSession { StandardOutput.shared.write($0) }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let text = source.text(in: source.lineStarts[0]..<source.bytes.count)
      let problems = session.check([SourceUnit(name: name, text: text)]).map {
        NotebookProblem($0, path: path, source: source)
      }
      for problem in problems { StandardError.write(problem.rendered + "\n") }
      return problems.hasError ? nil : (session, source)
    } catch {
      StandardError.write(error.rendered + "\n")
      return nil
    }
  }

  private func report(_ fault: RuntimeFault, source: SourceText) -> RunOutcome {
    StandardOutput.shared.flush()
    let line = fault.trace.first.map { ":\($0.location.line)" } ?? ""
    switch fault.kind {
    case .exit(let status): return RunOutcome(status: status)
    case .interrupted:
      StandardError.write("\(path)\(line): interrupted\n")
      return RunOutcome(isInterrupted: true)
    case .timeout:
      let limit = timeout.map { "\(Duration.seconds($0).formattedSeconds) " } ?? ""
      StandardError.write("\(path)\(line): error: the time limit of \(limit)has passed\n")
    case .trap: StandardError.write("\(path)\(line): Fatal error: \(fault.message)\n")
    case .uncaughtError:
      StandardError.write(
        "\(path)\(line): Fatal error: Error raised at top level: \(fault.message)\n")
    }
    for frame in fault.trace {
      StandardError.write("  at \(frame.function) (\(path):\(frame.location.line))\n")
    }
    return .failure
  }
}

extension NotebookProblem {
  /// What the checker says about a place in a script.
  fileprivate init(_ diagnostic: Diagnostic, path: String, source: SourceText) {
    self.init(
      Severity(rawValue: diagnostic.severity.rawValue) ?? .error, diagnostic.message, path: path,
      position: SourcePosition(line: diagnostic.location.line, column: diagnostic.location.column),
      length: diagnostic.length, sourceLine: source.line(diagnostic.location.line),
      notes: diagnostic.notes.map { NotebookProblem($0, path: path, source: source) })
  }
}

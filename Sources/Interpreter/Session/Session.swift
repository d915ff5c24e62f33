import Foundation

/// One run of a notebook or a script: units are checked together, then run in order.
///
///     let session = Session(modules: modules, output: { print($0, terminator: "") })
///     let diagnostics = session.check(units)
///     if diagnostics.allSatisfy({ $0.severity != .error }) { _ = try session.run(0) }
///
/// A session is used from one thread; only `interrupt()` may come from another.
public final class Session {
  /// A value of a last expression, as a notebook shows it.
  public struct DisplayedValue: Sendable {
    /// What `debugPrint` shows: what `print` shows, but strings in quotes.
    public var text: String
    /// The type as Swift writes it: `Tensor`, `[Int]`.
    public var typeName: String
  }

  /// Called with each piece of printed text, in order.
  public var output: (String) -> Void {
    get { machine.output }
    set { machine.output = newValue }
  }

  private let library: Library
  private let checker: Checker
  private let program: Program
  private let machine: Machine
  private var units: [Unit] = []

  /// A unit that has been looked at.
  private struct Unit {
    /// Nil when it has errors.
    var checked: CheckedUnit?
    var function = -1
  }

  /// - Parameters:
  ///   - modules: what guest code can import, besides the standard library and Foundation.
  ///   - output: called with each piece of printed text, in order.
  public init(modules: [NativeModule] = [], output: @escaping (String) -> Void) {
    library = Library(modules: StandardLibrary.modules + modules)
    checker = Checker(library: library)
    program = Program(types: TypeTable(library: library))
    machine = Machine(program: program, library: library)
    machine.output = output
  }

  /// Parses and checks units, which follow those of earlier calls, and compiles those without errors;
  /// runs nothing.
  ///
  /// - Returns: everything there is to say, in source order; a unit with an error cannot be run.
  public func check(_ sources: [SourceUnit]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for source in sources {
      let result = checker.check(source, index: units.count)
      diagnostics += result.diagnostics
      units.append(Unit(checked: result.unit))
    }
    for index in units.indices where units[index].function < 0 {
      guard let checked = units[index].checked else { continue }
      do {
        machine.declaredAtTopLevel.formUnion(checked.globals)
        units[index].function = try program.compile(checked)
      } catch let error as CompilationError {
        diagnostics.append(Diagnostic(.error, error.message, at: error.location))
        units[index].checked = nil
      } catch {
        diagnostics.append(Diagnostic(.error, "\(error)", at: checked.body.location))
        units[index].checked = nil
      }
    }
    return diagnostics
  }

  /// Runs one checked unit.
  ///
  /// - Parameter deadline: seconds from now after which the unit is stopped, if any.
  /// - Returns: the value of the last expression, if the unit ends in one that is not `Void`.
  /// - Throws: what stopped the unit; the session lives on, with what had been declared so far.
  public func run(_ unit: Int, deadline: Double? = nil) throws(RuntimeFault) -> DisplayedValue? {
    guard units.indices.contains(unit), let checked = units[unit].checked else {
      throw RuntimeFault(
        kind: .trap, message: "the code has compile-time errors",
        trace: [.init(function: "", location: .init(unit: unit, line: 1, column: 1, offset: 0))])
    }
    let timer = deadline.map { startTimer($0) }
    defer { timer?.cancel() }
    try machine.runUnit(unit, units[unit].function, checked.body)
    guard let displayed = checked.displayed else { return nil }
    return machine.takeDisplayedValue(of: units[unit].function, displayed.type)
  }

  /// Asks the running unit to stop at the next loop or return. Safe from a signal handler or thread.
  public func interrupt() { machine.stop.pointee = StopReason.interrupted.rawValue }

  private func startTimer(_ seconds: Double) -> DispatchWorkItem {
    let stop = machine.stop
    let item = DispatchWorkItem { stop.pointee = StopReason.timeout.rawValue }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: item)
    return item
  }

  /// The typed tree of a checked unit and the bytecode of everything it runs, for
  /// `lectern run --dump`; empty for a unit with errors.
  public func dump(unit: Int) -> String {
    guard units.indices.contains(unit), let checked = units[unit].checked else { return "" }
    return TreeDump.text(checked) + "\n" + program.disassemble(from: units[unit].function)
  }
}

extension Machine {
  /// The value that a unit left in its window; it is described and released.
  fileprivate func takeDisplayedValue(of function: Int, _ type: Type) -> Session.DisplayedValue? {
    let runtime = runtimeType(type)
    guard runtime.layout.count > 0 else { return nil }
    let place = slots + program.functions[function].frameSize + Frame.headerSlots
    top = place + runtime.layout.count
    let text = debugDescribe(runtime, place)
    runtime.layout.release(place)
    return .init(text: text, typeName: runtime.name)
  }
}

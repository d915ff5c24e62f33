/// One run of a notebook or a script: units are checked together, then run in order.
///
///     let session = Session(modules: LecternModules.all, output: { print($0, terminator: "") })
///     let diagnostics = session.check(units)
///     if diagnostics.allSatisfy({ $0.severity != .error }) { try session.run(0) }
///
/// A session is used from one thread.
public final class Session {
  /// A value of a last expression, as a notebook shows it.
  public struct DisplayedValue: Sendable {
    /// The text `debugPrint`-like display gives: what Swift's `print` gives, strings in quotes.
    public var text: String
    /// The type as Swift writes it: `Tensor`, `[Int]`.
    public var typeName: String
  }

  /// Called with each piece of printed text, in order.
  public var output: (String) -> Void

  public init(output: @escaping (String) -> Void) {
    self.output = output
  }

  /// Parses and checks all units and compiles those without errors; runs nothing.
  ///
  /// - Returns: everything there is to say, in source order; a unit with an error cannot be run.
  public func check(_ units: [SourceUnit]) -> [Diagnostic] { [] }

  /// Runs one checked unit.
  ///
  /// - Parameter deadline: seconds from now after which the unit is stopped, if any.
  /// - Returns: the value of the last expression, if the unit ends in one that is not `Void`.
  public func run(_ unit: Int, deadline: Double? = nil) throws(RuntimeFault) -> DisplayedValue? {
    nil
  }

  /// Asks the running unit to stop at the next loop or call. Safe from a signal handler or thread.
  public func interrupt() {}

  /// The typed tree and the bytecode of a checked unit, for `lectern run --dump`.
  public func dump(unit: Int) -> String { "" }
}

import Interpreter

/// What a run needs from an interpreter; `Session` is the one there is, tests have their own.
public protocol CellSession: AnyObject {
  /// Parses and checks all units; a unit with an error cannot be run.
  func check(_ units: [SourceUnit]) -> [Diagnostic]

  /// Runs one checked unit.
  ///
  /// - Parameter deadline: seconds from now after which the unit is stopped.
  /// - Returns: the value to display, if there is one.
  func runCell(_ unit: Int, deadline: Double?) throws(RuntimeFault) -> CellValue?

  /// Asks the running unit to stop. Safe from another thread.
  func interrupt()
}

/// The value of a last expression.
public struct CellValue: Hashable, Sendable {
  public var text: String
  /// The type as Swift writes it.
  public var typeName: String

  public init(text: String, typeName: String) {
    self.text = text
    self.typeName = typeName
  }
}

/// Makes a session whose printed text goes to a closure.
public typealias SessionFactory = (_ output: @escaping (String) -> Void) -> any CellSession

extension Session: CellSession {
  public func runCell(_ unit: Int, deadline: Double?) throws(RuntimeFault) -> CellValue? {
    try run(unit, deadline: deadline).map { CellValue(text: $0.text, typeName: $0.typeName) }
  }
}

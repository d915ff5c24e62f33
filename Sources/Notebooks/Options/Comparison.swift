/// How the outputs of a cell are compared with those of an earlier run.
public struct Comparison: Hashable, Sendable {
  /// What must agree.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    case exact, numbers, shape, off
  }

  public var mode: Mode
  public var relativeTolerance: Double
  public var absoluteTolerance: Double
  /// Regular expressions; what they match is masked on both sides.
  public var ignored: [String]

  public init(
    mode: Mode = .numbers, relativeTolerance: Double = 1e-4, absoluteTolerance: Double = 1e-6,
    ignored: [String] = []
  ) {
    self.mode = mode
    self.relativeTolerance = relativeTolerance
    self.absoluteTolerance = absoluteTolerance
    self.ignored = ignored
  }
}

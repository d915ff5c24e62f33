/// What the `//|` lines of a cell say, defaults filled in.
public struct CellOptions: Hashable, Sendable {
  /// What the page shows of a cell.
  public enum Show: String, Hashable, Sendable, CaseIterable {
    case all, code, output, none
  }

  /// Whether the page folds the code under a summary line.
  public enum Fold: Hashable, Sendable {
    case open
    /// `summary` is nil for `fold: true`: the page has words of its own.
    case folded(summary: String?)
  }

  public var label: String?
  /// `false`: shown, never run; parsed, not checked.
  public var run: Bool
  public var show: Show
  public var fold: Fold
  /// An exercise's answer: the page folds code and output and says so.
  public var solution: Bool
  public var caption: String?
  /// The cell must fail with this type of error, or with this in its message.
  public var error: String?
  /// Wall-clock limit in seconds.
  public var timeout: Double
  /// How outputs are compared with the record.
  public var comparison: Comparison
  /// `false`: never taken from the cache.
  public var cache: Bool

  public init(
    label: String? = nil, run: Bool = true, show: Show = .all, fold: Fold = .open,
    solution: Bool = false, caption: String? = nil, error: String? = nil, timeout: Double = 600,
    comparison: Comparison = Comparison(), cache: Bool = true
  ) {
    self.label = label
    self.run = run
    self.show = show
    self.fold = fold
    self.solution = solution
    self.caption = caption
    self.error = error
    self.timeout = timeout
    self.comparison = comparison
    self.cache = cache
  }
}

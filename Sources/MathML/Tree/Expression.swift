/// A formula as LaTeX means it, before anything is said about MathML.
indirect enum Expression: Equatable {
  /// A variable, or a run of upright letters.
  case identifier(String, upright: Bool)
  case number(String)
  case symbol(Symbol)
  /// `\tanh`, `\max`: a name in upright letters. With `limits`, its scripts stand under and over it.
  case function(String, limits: Bool)
  case text(String, TextStyle)
  /// Horizontal space in em.
  case space(Double)
  case row([Expression])
  case fraction(Fraction)
  case root(Expression, degree: Expression?)
  case scripts(Scripts)
  case accent(Accent, Expression)
  /// `\overset`, `\underset`: something above or below a base that keeps its class.
  case stack(base: Expression, over: Expression?, under: Expression?)
  case fenced(Fence)
  /// `\big(` and its kin; the size in em.
  case sizedDelimiter(String, size: Double, AtomClass)
  case table(Table)
  case styled(Style, Expression)
  /// `\mathop`, `\mathrel`: a class given by the author.
  case classed(AtomClass, Expression)
  case phantom(Expression)
  /// What a command left that has no place on the page.
  case nothing
  /// TeX that could not be read, shown as it is.
  case unreadable(String)
}

/// TeX's classes of atoms, which decide the space between neighbours.
enum AtomClass: Equatable {
  case ordinary
  /// Sums and integrals.
  case largeOperator
  /// Functions such as `\log`.
  case function
  case binary
  case relation
  case open
  case close
  case punctuation
  /// `\left … \right`: it opens on its left and closes on its right.
  case inner
}

/// The size of what is set, as in TeX: it decides where limits stand and how large operators are.
enum Style: Equatable {
  case display
  case text
  case script
}

/// A character, or a few, with a class of its own.
struct Symbol: Equatable {
  var text: String
  var kind: AtomClass
  /// Whether the scripts of a large operator stand under and over it in display style.
  var limits = false
}

struct Fraction: Equatable {
  var numerator: Expression
  var denominator: Expression
  /// `\dfrac` and `\tfrac` choose a style.
  var style: Style?
  /// A binomial coefficient has none.
  var hasRule = true
}

struct Scripts: Equatable {
  var base: Expression
  var `subscript`: Expression?
  var superscript: Expression?
  var placement = Placement.automatic

  enum Placement: Equatable {
    case automatic
    /// `\limits`
    case limits
    /// `\nolimits`
    case beside
  }
}

/// A mark above or below a base.
struct Accent: Equatable {
  var mark: String
  var isBelow = false
  /// Whether the mark grows to the width of its base.
  var stretches = false
  /// A brace: its scripts are notes above or below it.
  var takesNote = false
}

/// `\left … \middle … \right`: `delimiters` stand around and between `parts`; empty for a dot.
struct Fence: Equatable {
  var delimiters: [String]
  var parts: [Expression]
}

/// How `\text` and its kin look.
enum TextStyle: Equatable {
  case plain, bold, italic, monospace, sansSerif
}

/// What a command asks of the parser.
///
/// A new symbol is a word in one of the tables beside this file; a new *kind* of command is a case
/// here and a branch in `Parser+Commands.swift`.
enum Command {
  case identifier(String, upright: Bool)
  case symbol(Symbol)
  case function(String, limits: Bool)
  /// A character that has no meaning in mathematics, such as `\%`.
  case character(String)
  case space(Double)
  /// `\hspace{1em}`
  case customSpace
  case fraction(style: Style?, hasRule: Bool)
  case root
  case accent(Accent)
  case alphabet(Alphabet)
  case text(TextStyle)
  case operatorName(limits: Bool)
  case classed(AtomClass)
  case stack(Stacking)
  /// `\xrightarrow[below]{above}`
  case labelledArrow(String)
  case negation
  case style(Style)
  case left, middle, right
  case sizedDelimiter(size: Double, AtomClass)
  case begin, end
  case limits(Scripts.Placement)
  case phantom
  case substack
  case parenthesisedModulus
  /// Taken without a trace: it has no meaning on a page.
  case silent
  /// Left out, with a problem; it takes this many arguments.
  case ignored(arguments: Int)
  /// `\hline` where no table is.
  case rule

  enum Stacking {
    case over, under, relation
  }

  /// Every command, by its name without the backslash.
  static let named: [String: Command] = {
    var commands = structural
    for table in [letters, operators, relations, arrows, delimiterSymbols, functions, accents] {
      commands.merge(table) { first, _ in first }
    }
    return commands
  }()

  /// Commands from lines of `name character` pairs.
  static func table(_ pairs: String, _ make: (String) -> Command) -> [String: Command] {
    var commands: [String: Command] = [:]
    var name: Substring?
    for word in pairs.split(whereSeparator: \.isWhitespace) {
      if let known = name {
        commands[String(known)] = make(String(word))
        name = nil
      } else {
        name = word
      }
    }
    return commands
  }

  static func symbols(_ kind: AtomClass, limits: Bool = false, _ pairs: String) -> [String: Command]
  {
    table(pairs) { .symbol(Symbol(text: $0, kind: kind, limits: limits)) }
  }

  static func joined(_ tables: [String: Command]...) -> [String: Command] {
    tables.reduce(into: [:]) { all, table in all.merge(table) { first, _ in first } }
  }
}

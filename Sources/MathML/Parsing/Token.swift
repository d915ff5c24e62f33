/// A piece of LaTeX source.
struct Token: Equatable {
  enum Kind: Equatable {
    /// `\name`, or a backslash with one character that is no letter; the name has no backslash.
    case command(String)
    case character(Character)
    case openBrace
    case closeBrace
    case superscript
    case `subscript`
    /// `&`
    case cellSeparator
    /// `\\`
    case rowSeparator
    /// Any run of white space and comments.
    case space
    case end
  }

  let kind: Kind

  /// UTF-8 bytes from the beginning of the formula.
  let offset: Int
}

/// LaTeX formulas as MathML.
///
/// The way of a formula: ``Lexer`` cuts the source into tokens, ``Parser`` makes an ``Expression`` of
/// them, ``Writer`` turns that into ``MathNode``s, which print themselves as XML.
public enum MathML {
  /// The `<math>` element for a formula.
  ///
  /// The markup is MathML Core, well-formed XML, and can stand in an HTML page as it is. Any input
  /// gives a result: what cannot be read stays visible in the page and is named in `problems`.
  ///
  /// - Parameters:
  ///   - latex: The formula, without the dollars around it.
  ///   - display: Whether the formula stands on a line of its own (`$$…$$`).
  public static func render(_ latex: String, display: Bool) -> MathRendering {
    var parser = Parser(latex)
    let expression = parser.formula()
    let content = Writer(style: display ? .display : .text).element(expression)
    let source = MathNode("annotation", ["encoding": "application/x-tex"], text: latex)
    let math = MathNode(
      "math",
      [
        "xmlns": "http://www.w3.org/1998/Math/MathML",
        "display": display ? "block" : "inline",
      ],
      [MathNode("semantics", [:], [content, source])])
    return MathRendering(markup: math.markup, problems: parser.problems)
  }
}

/// A formula, ready for a page.
public struct MathRendering: Equatable, Sendable {
  /// A `<math>` element, with the LaTeX source kept in an `<annotation>`.
  public let markup: String

  /// What could not be read, in the order of the source.
  public let problems: [MathProblem]
}

/// Something in a formula that could not be read.
public struct MathProblem: Equatable, Sendable {
  /// What is wrong, in words for the formula's author.
  public let message: String

  /// Where in the LaTeX source, in UTF-8 bytes from its beginning.
  public let offset: Int
}

extension Command {
  /// Functions that are written in upright letters.
  static let functions = joined(
    named(
      """
      arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh
      tan tanh
      """, limits: false),
    named("det gcd inf lim max min Pr sup", limits: true),
    [
      "liminf": .function("lim inf", limits: true),
      "limsup": .function("lim sup", limits: true),
      "argmax": .function("arg max", limits: true),
      "argmin": .function("arg min", limits: true),
    ]
  )

  private static func named(_ names: String, limits: Bool) -> [String: Command] {
    names.split(whereSeparator: \.isWhitespace).reduce(into: [:]) { commands, name in
      commands[String(name)] = .function(String(name), limits: limits)
    }
  }
}

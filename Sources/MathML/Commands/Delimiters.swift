extension Command {
  /// Delimiters as symbols of their own; after `\left` and `\big` the names mean the same.
  static let delimiterSymbols = joined(
    symbols(
      .open,
      """
      { { lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lparen ( llbracket ⟦
      ulcorner ⌜ llcorner ⌞ lgroup ⟮ lmoustache ⎰
      """),
    symbols(
      .close,
      """
      } } rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rparen ) rrbracket ⟧
      urcorner ⌝ lrcorner ⌟ rgroup ⟯ rmoustache ⎱
      """),
    symbols(.ordinary, "| ‖ vert | Vert ‖")
  )

  /// The character for a delimiter of one character in the source; a dot stands for none.
  static func delimiter(_ character: Character) -> String? {
    switch character {
    case ".": ""
    case "<": "⟨"
    case ">": "⟩"
    case "(", ")", "[", "]", "|", "/", "⟨", "⟩", "⌊", "⌋", "⌈", "⌉", "‖": String(character)
    default: nil
    }
  }

  /// The character for a delimiter given by a command.
  static func delimiter(command name: String) -> String? {
    if let command = delimiterSymbols[name], case .symbol(let symbol) = command {
      return symbol.text
    }
    let others = [
      "backslash": "\\", "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑",
      "Downarrow": "⇓", "Updownarrow": "⇕", "lt": "⟨", "gt": "⟩",
    ]
    return others[name]
  }

  /// Which side a delimiter is for, where its shape tells: `\big(` opens as `\bigl(` does.
  static func side(of delimiter: String, orElse kind: AtomClass) -> AtomClass {
    guard kind == .ordinary else { return kind }
    if ["(", "[", "{", "⟨", "⌊", "⌈"].contains(delimiter) { return .open }
    if [")", "]", "}", "⟩", "⌋", "⌉"].contains(delimiter) { return .close }
    return kind
  }

  /// `\big`, `\bigl`, `\bigm`, `\bigr` and their larger kin.
  static let sizedDelimiters: [String: Command] = {
    var commands: [String: Command] = [:]
    for (name, size) in [("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0)] {
      for (suffix, kind) in [
        ("", AtomClass.ordinary), ("l", .open), ("m", .relation), ("r", .close),
      ] {
        commands[name + suffix] = .sizedDelimiter(size: size, kind)
      }
    }
    return commands
  }()
}

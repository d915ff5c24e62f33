extension Command {
  /// Large, binary and other operators. Relations are in `Relations.swift`.
  static let operators = joined(
    symbols(
      .largeOperator, limits: true,
      """
      sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigodot ⨀ bigotimes ⨂
      bigoplus ⨁ biguplus ⨄ bigsqcup ⨆
      """),
    symbols(.largeOperator, "int ∫ iint ∬ iiint ∭ oint ∮ smallint ∫"),
    symbols(
      .binary,
      """
      pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ circ ∘ bullet ∙ odot ⊙ otimes ⊗ oplus ⊕ ominus ⊖
      oslash ⊘ cup ∪ cap ∩ setminus ∖ smallsetminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ veebar ⊻
      sqcup ⊔ sqcap ⊓ uplus ⊎ diamond ⋄ wr ≀ amalg ⨿ dagger † ddagger ‡ centerdot ⋅
      boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ bigtriangleup △
      bigtriangledown ▽ triangleleft ◁ triangleright ▷ intercal ⊺ circledast ⊛ circledcirc ⊚
      """),
    symbols(.ordinary, "neg ¬ lnot ¬ prime ′ backprime ‵ backslash \\"),
    symbols(
      .ordinary,
      "ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱"),
    symbols(.punctuation, "colon : cdotp · ldotp . comma ,"),
    [
      "bmod": .symbol(Symbol(text: "mod", kind: .binary)),
      "pmod": .parenthesisedModulus,
    ]
  )

  /// What a character of the source is when it is neither a letter nor a digit.
  static let characters: [Character: Symbol] = {
    var symbols: [Character: Symbol] = [
      "+": Symbol(text: "+", kind: .binary), "-": Symbol(text: "−", kind: .binary),
      "*": Symbol(text: "∗", kind: .binary), "/": Symbol(text: "/", kind: .ordinary),
      "=": Symbol(text: "=", kind: .relation), "<": Symbol(text: "<", kind: .relation),
      ">": Symbol(text: ">", kind: .relation), ":": Symbol(text: ":", kind: .relation),
      ",": Symbol(text: ",", kind: .punctuation), ";": Symbol(text: ";", kind: .punctuation),
      "(": Symbol(text: "(", kind: .open), "[": Symbol(text: "[", kind: .open),
      ")": Symbol(text: ")", kind: .close), "]": Symbol(text: "]", kind: .close),
      "!": Symbol(text: "!", kind: .close), "?": Symbol(text: "?", kind: .close),
      "|": Symbol(text: "|", kind: .ordinary),
    ]
    // A symbol typed as itself (≤, ×, ∑) is the symbol of its command.
    // Where several commands mean one character, the first name decides.
    for (_, command) in named.sorted(by: { $0.key < $1.key }) {
      guard case .symbol(let symbol) = command, symbol.text.count == 1 else { continue }
      for character in symbol.text where !character.isASCII && symbols[character] == nil {
        symbols[character] = symbol
      }
    }
    return symbols
  }()

  /// Characters typed as themselves that behave as letters and are none: ∂, ∞, ∇.
  static let letterCharacters: [Character: Expression] = {
    var characters: [Character: Expression] = [:]
    for case .identifier(let text, let upright) in letters.values {
      for character in text where !character.isLetter {
        characters[character] = .identifier(text, upright: upright)
      }
    }
    return characters
  }()
}

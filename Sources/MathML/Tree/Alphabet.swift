/// The styles of letters that Unicode has as characters of their own.
///
/// MathML Core has no bold or script letters in markup, so `\mathbf{W}` is the character U+1D416.
enum Alphabet: Equatable {
  case upright, bold, italic, boldItalic, blackboard, calligraphic, fraktur, sansSerif, monospace

  /// Whether neighbouring letters make one word, as in `\mathrm{in}`.
  var makesWords: Bool {
    switch self {
    case .upright, .bold, .italic, .sansSerif, .monospace: true
    case .boldItalic, .blackboard, .calligraphic, .fraktur: false
    }
  }

  /// A letter or a digit in this alphabet; a character it does not have comes back as it is.
  func styled(_ character: Character) -> Character {
    if let exception = exceptions[character] { return exception }
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else {
      return character
    }
    for (range, start) in ranges where range.contains(scalar.value) {
      guard let start, let styled = Unicode.Scalar(start + scalar.value - range.lowerBound) else {
        return character
      }
      return Character(styled)
    }
    return character
  }

  /// Where A–Z, a–z, 0–9, Α–Ω and α–ω begin in this alphabet.
  private var ranges: [(ClosedRange<UInt32>, UInt32?)] {
    let starts: [UInt32?] =
      switch self {
      case .upright: [nil, nil, nil, nil, nil]
      case .bold: [0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2]
      case .italic: [0x1D434, 0x1D44E, nil, 0x1D6E2, 0x1D6FC]
      case .boldItalic: [0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736]
      case .blackboard: [0x1D538, 0x1D552, 0x1D7D8, nil, nil]
      case .calligraphic: [0x1D49C, 0x1D4B6, nil, nil, nil]
      case .fraktur: [0x1D504, 0x1D51E, nil, nil, nil]
      case .sansSerif: [0x1D5A0, 0x1D5BA, 0x1D7E2, nil, nil]
      case .monospace: [0x1D670, 0x1D68A, 0x1D7F6, nil, nil]
      }
    let ranges: [ClosedRange<UInt32>] = [
      0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x391...0x3A9, 0x3B1...0x3C9,
    ]
    return Array(zip(ranges, starts))
  }

  /// Letters that Unicode had before the mathematical alphabets, and placed elsewhere.
  private var exceptions: [Character: Character] {
    switch self {
    case .italic: ["h": "ℎ"]
    case .blackboard: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    case .calligraphic:
      [
        "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
        "e": "ℯ", "g": "ℊ", "o": "ℴ",
      ]
    case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
    case .upright, .bold, .boldItalic, .sansSerif, .monospace: [:]
    }
  }
}

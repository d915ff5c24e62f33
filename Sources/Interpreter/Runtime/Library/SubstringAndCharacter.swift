extension StandardLibrary {
  static func declareSubstring(in module: NativeModule) {
    module.declare("init()", in: "Substring") { $0.returnBoxed(Substring()) }
    module.declare("init(_ text: String)", in: "Substring") { $0.returnBoxed($0.string(0)[...]) }
    module.declare("init(_ text: Substring)", in: "Substring") {
      $0.returnBoxed($0.boxed(0, as: Substring.self))
    }
    module.declare("mutating func popFirst() -> Character?", in: "Substring") { call in
      var text = call.boxed(0, as: Substring.self)
      let first = text.popFirst()
      call.slots.replace(with: NativeBox(text))
      call.returnOptional(object: first.map { StringObject(String($0)) })
    }
    module.declare(
      "@discardableResult mutating func removeFirst() -> Character", in: "Substring"
    ) { call in
      var text = call.boxed(0, as: Substring.self)
      guard let first = text.popFirst() else {
        throw Trap("Can't remove first element from an empty collection")
      }
      call.slots.replace(with: NativeBox(text))
      call.returnString(String(first))
    }
    for type in textTypes + ["Character"] {
      module.declare("mutating func append(_ other: \(type))", in: "Substring") { call in
        call.slots.replace(
          with: NativeBox(call.boxed(0, as: Substring.self) + call.text(1, of: type)))
      }
    }
  }

  static func declareCharacter(in module: NativeModule) {
    let owner = "Character"
    func character(_ call: NativeCall) -> Character { Character(call.string(0)) }

    module.declare("init(_ c: Character)", in: owner) { $0.returnString($0.string(0)) }
    module.declare("init(_ s: String)", in: owner) { call in
      let text = call.string(0)
      if text.isEmpty {
        throw Trap("Can't form a Character from an empty String")
      }
      if text.count > 1 {
        throw Trap(
          "Can't form a Character from a String containing more than one extended "
            + "grapheme cluster")
      }
      call.returnString(text)
    }
    for (name, property) in [
      ("isLetter", { $0.isLetter }), ("isNumber", { $0.isNumber }),
      ("isWholeNumber", { $0.isWholeNumber }), ("isUppercase", { $0.isUppercase }),
      ("isLowercase", { $0.isLowercase }), ("isCased", { $0.isCased }),
      ("isWhitespace", { $0.isWhitespace }), ("isNewline", { $0.isNewline }),
      ("isPunctuation", { $0.isPunctuation }), ("isSymbol", { $0.isSymbol }),
      ("isMathSymbol", { $0.isMathSymbol }), ("isCurrencySymbol", { $0.isCurrencySymbol }),
      ("isHexDigit", { $0.isHexDigit }), ("isASCII", { $0.isASCII }),
    ] as [(String, (Character) -> Bool)] {
      module.declare("var \(name): Bool { get }", in: owner) {
        $0.returnBool(property(character($0)))
      }
    }
    module.declare("var asciiValue: UInt8? { get }", in: owner) {
      $0.returnOptional(word: character($0).asciiValue.map { Slot($0) })
    }
    module.declare("var wholeNumberValue: Int? { get }", in: owner) {
      $0.returnOptional(word: character($0).wholeNumberValue.map { .int($0) })
    }
    module.declare("var hexDigitValue: Int? { get }", in: owner) {
      $0.returnOptional(word: character($0).hexDigitValue.map { .int($0) })
    }
    module.declare("func uppercased() -> String", in: owner) {
      $0.returnString(character($0).uppercased())
    }
    module.declare("func lowercased() -> String", in: owner) {
      $0.returnString(character($0).lowercased())
    }
    module.declare("var utf8: [UInt8] { get }", in: owner) { call in
      let array = ArrayObject(element: .word)
      for unit in call.string(0).utf8 { array.appendOwned(Slot(unit)) }
      call.returnObject(array)
    }
  }
}

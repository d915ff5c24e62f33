extension StandardLibrary {
  static func declareFoundationStrings(in module: NativeModule) {
    module.declare("init(format: String, _ arguments: any CVarArg...)", in: "String") { call in
      call.returnString(
        try formatted(call.string(0), with: call.array(1), call.machine))
    }
    declareCharacterSets(in: module)
    for owner in textTypes {
      module.members(of: owner) { declareFoundationMembers(in: $0, of: owner) }
    }
  }

  private static func declareFoundationMembers(in module: NativeModule, of owner: String) {
    for argument in textTypes {
      module.declare(
        "func replacingOccurrences(of target: \(argument), with replacement: \(argument)) "
          + "-> String",
        in: owner
      ) { call in
        call.returnString(
          receiver(call, owner).replacing(
            text: call.text(1, of: argument), with: call.text(2, of: argument)))
      }
      module.declare("func components(separatedBy separator: \(argument)) -> [String]", in: owner) {
        call in
        let text = receiver(call, owner)
        let separator = call.text(1, of: argument)
        let parts =
          separator.isEmpty
          ? [text] : text.split(byText: separator, maxSplits: .max, omittingEmpty: false)
        call.returnStrings(parts.map(String.init))
      }
    }
    module.declare(
      "func components(separatedBy separator: CharacterSet) -> [String]", in: owner
    ) { call in
      let set = call.boxed(1, as: CharacterClass.self)
      let parts = receiver(call, owner).unicodeScalars.split(omittingEmptySubsequences: false) {
        set.contains($0)
      }
      call.returnStrings(parts.map { String($0) })
    }
    module.declare("func trimmingCharacters(in set: CharacterSet) -> String", in: owner) { call in
      let set = call.boxed(1, as: CharacterClass.self)
      var scalars = receiver(call, owner).unicodeScalars[...]
      while let first = scalars.first, set.contains(first) { scalars.removeFirst() }
      while let last = scalars.last, set.contains(last) { scalars.removeLast() }
      call.returnString(String(scalars))
    }
    module.declare("var capitalized: String { get }", in: owner) { call in
      var isInside = false
      var result = ""
      for character in receiver(call, owner) {
        result += isInside ? character.lowercased() : character.uppercased()
        isInside = character.isLetter || character.isNumber || isInside && character == "'"
      }
      call.returnString(result)
    }
    module.declare(
      "func padding(toLength newLength: Int, withPad padString: String, startingAt padIndex: Int) "
        + "-> String",
      in: owner
    ) { call in
      let (text, length, pad) = (receiver(call, owner), call.int(1), Array(call.string(2)))
      var result = String(text.prefix(length))
      if pad.isEmpty && result.count < length { throw Trap("empty pad string") }
      var next = call.int(3)
      while result.count < length {
        result.append(pad[next % pad.count])
        next += 1
      }
      call.returnString(result)
    }
  }

  private static func declareCharacterSets(in module: NativeModule) {
    module.type("CharacterSet", .struct, protocols: ["Hashable"])
    for (name, set) in [
      ("whitespaces", .whitespaces), ("whitespacesAndNewlines", .whitespacesAndNewlines),
      ("newlines", .newlines), ("letters", .letters), ("decimalDigits", .decimalDigits),
      ("alphanumerics", .alphanumerics), ("punctuationCharacters", .punctuation),
      ("uppercaseLetters", .uppercase), ("lowercaseLetters", .lowercase),
    ] as [(String, CharacterClass)] {
      module.declare("static var \(name): CharacterSet { get }", in: "CharacterSet") {
        $0.returnBoxed(set)
      }
    }
    module.declare("init(charactersIn string: String)", in: "CharacterSet") { call in
      call.returnBoxed(CharacterClass.listed(Set(call.string(0).unicodeScalars)))
    }
    module.declare("var inverted: CharacterSet { get }", in: "CharacterSet") { call in
      call.returnBoxed(CharacterClass.inverse(call.boxed(0)))
    }
    module.declare("func contains(_ member: Character) -> Bool", in: "CharacterSet") { call in
      let set = call.boxed(0, as: CharacterClass.self)
      call.returnBool(call.string(1).unicodeScalars.allSatisfy(set.contains))
    }
  }
}

/// The sets of characters that `CharacterSet` names.
indirect enum CharacterClass {
  case whitespaces, whitespacesAndNewlines, newlines, letters, decimalDigits, alphanumerics
  case punctuation, uppercase, lowercase
  case listed(Set<Unicode.Scalar>)
  case inverse(CharacterClass)

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch self {
    case .whitespaces: return scalar == "\t" || properties.generalCategory == .spaceSeparator
    case .newlines:
      return ("\n"..."\r").contains(scalar)
        || "\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalar)
    case .whitespacesAndNewlines:
      return Self.whitespaces.contains(scalar) || Self.newlines.contains(scalar)
    case .letters:
      switch properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark:
        return true
      default: return false
      }
    case .decimalDigits: return properties.generalCategory == .decimalNumber
    case .alphanumerics:
      switch properties.generalCategory {
      case .decimalNumber, .letterNumber, .otherNumber: return true
      default: return Self.letters.contains(scalar)
      }
    case .punctuation:
      switch properties.generalCategory {
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation:
        return true
      default: return false
      }
    case .uppercase:
      return properties.generalCategory == .uppercaseLetter
        || properties.generalCategory == .titlecaseLetter
    case .lowercase: return properties.generalCategory == .lowercaseLetter
    case .listed(let scalars): return scalars.contains(scalar)
    case .inverse(let other): return !other.contains(scalar)
    }
  }
}

extension NativeCall {
  func returnStrings(_ strings: [String]) {
    let array = ArrayObject(element: .reference, capacity: strings.count)
    for string in strings { array.appendOwned(.owned(StringObject(string))) }
    returnObject(array)
  }
}

// Members that String and Substring share. The receiver is one slot; `text` makes a Substring of
// either.

extension StandardLibrary {
  static let textTypes = ["String", "Substring"]

  static func declareStringMembers(in module: NativeModule) {
    for owner in textTypes {
      module.members(of: owner) { module in
        declareTextProperties(in: module, of: owner)
        declareTextSearches(in: module, of: owner)
        declareTextParts(in: module, of: owner)
        declareTextViews(in: module, of: owner)
      }
    }
  }

  /// The receiver as a Substring.
  static func receiver(_ call: NativeCall, _ owner: String) -> Substring {
    owner == "String" ? call.string(0)[...] : call.boxed(0, as: Substring.self)
  }

  private static func declareTextProperties(in module: NativeModule, of owner: String) {
    module.declare("var count: Int { get }", in: owner) {
      $0.returnInt(receiver($0, owner).count)
    }
    module.declare("var isEmpty: Bool { get }", in: owner) {
      $0.returnBool(receiver($0, owner).isEmpty)
    }
    for (name, isFirst) in [("first", true), ("last", false)] {
      module.declare("var \(name): Character? { get }", in: owner) { call in
        let text = receiver(call, owner)
        let character = isFirst ? text.first : text.last
        call.returnOptional(object: character.map { StringObject(String($0)) })
      }
    }
    module.declare("var debugDescription: String { get }", in: owner) {
      $0.returnString(receiver($0, owner).debugDescription)
    }
    module.declare("func uppercased() -> String", in: owner) {
      $0.returnString(receiver($0, owner).uppercased())
    }
    module.declare("func lowercased() -> String", in: owner) {
      $0.returnString(receiver($0, owner).lowercased())
    }
    module.declare("func randomElement() -> Character?", in: owner) { call in
      call.returnOptional(
        object: receiver(call, owner).randomElement().map { StringObject(String($0)) })
    }
  }

  private static func declareTextSearches(in module: NativeModule, of owner: String) {
    for argument in textTypes {
      module.declare("func hasPrefix(_ prefix: \(argument)) -> Bool", in: owner) {
        $0.returnBool(receiver($0, owner).hasPrefix($0.text(1, of: argument)))
      }
      module.declare("func hasSuffix(_ suffix: \(argument)) -> Bool", in: owner) {
        $0.returnBool(receiver($0, owner).hasSuffix($0.text(1, of: argument)))
      }
      module.declare("func contains(_ other: \(argument)) -> Bool", in: owner) { call in
        let text = receiver(call, owner)
        let wanted = call.text(1, of: argument)
        call.returnBool(wanted.isEmpty || text.range(ofText: wanted, from: text.startIndex) != nil)
      }
    }
    // Before the one of all sequences: a literal is a String here unless a Character is asked for.
    module.declare("func contains(_ element: Character) -> Bool", in: owner) { call in
      call.returnBool(receiver(call, owner).contains(Character(call.string(1))))
    }
  }

  private static func declareTextParts(in module: NativeModule, of owner: String) {
    for method in ["dropFirst", "dropLast", "prefix", "suffix"] {
      let byDefault = method.hasPrefix("drop") ? " = 1" : ""
      module.declare("func \(method)(_ k: Int\(byDefault)) -> Substring", in: owner) { call in
        let k = try length(call.int(1), of: method)
        let text = receiver(call, owner)
        let part =
          switch method {
          case "dropFirst": text.dropFirst(k)
          case "dropLast": text.dropLast(k)
          case "prefix": text.prefix(k)
          default: text.suffix(k)
          }
        call.returnBoxed(part)
      }
    }
    for (method, keepsFirst) in [("prefix", true), ("drop", false)] {
      module.declare(
        "func \(method)(while predicate: (Character) throws -> Bool) rethrows -> Substring",
        in: owner
      ) { call in
        let predicate = CharacterPredicate(call, 1)
        let text = receiver(call, owner)
        call.returnBoxed(
          try keepsFirst
            ? text.prefix { try predicate($0) } : text.drop { try predicate($0) })
      }
    }
    module.declare(
      "func filter(_ isIncluded: (Character) throws -> Bool) rethrows -> String", in: owner
    ) { call in
      let isIncluded = CharacterPredicate(call, 1)
      call.returnString(String(try receiver(call, owner).filter { try isIncluded($0) }))
    }
    let options = "maxSplits: Int = Int.max, omittingEmptySubsequences: Bool = true"
    module.declare("func split(separator: Character, \(options)) -> [Substring]", in: owner) {
      call in
      call.returnSubstrings(
        receiver(call, owner).split(
          separator: Character(call.string(1)), maxSplits: call.int(2),
          omittingEmptySubsequences: call.bool(3)))
    }
    module.declare("func split(separator: String, \(options)) -> [Substring]", in: owner) { call in
      call.returnSubstrings(
        receiver(call, owner).split(
          byText: call.string(1), maxSplits: call.int(2), omittingEmpty: call.bool(3)))
    }
    module.declare(
      "func split(\(options), whereSeparator isSeparator: (Character) throws -> Bool) "
        + "rethrows -> [Substring]",
      in: owner
    ) { call in
      let isSeparator = CharacterPredicate(call, 3)
      call.returnSubstrings(
        try receiver(call, owner).split(
          maxSplits: call.int(1), omittingEmptySubsequences: call.bool(2)
        ) { try isSeparator($0) })
    }
    for argument in textTypes {
      module.declare(
        "func replacing(_ other: \(argument), with replacement: \(argument)) -> String", in: owner
      ) { call in
        call.returnString(
          receiver(call, owner).replacing(
            text: call.text(1, of: argument), with: call.text(2, of: argument)))
      }
    }
  }

  /// The views are arrays of their elements; they do not share indices with the string.
  private static func declareTextViews(in module: NativeModule, of owner: String) {
    module.declare("var utf8: [UInt8] { get }", in: owner) { call in
      let array = ArrayObject(element: .word)
      for unit in receiver(call, owner).utf8 { array.appendOwned(Slot(unit)) }
      call.returnObject(array)
    }
    module.declare("var utf16: [UInt16] { get }", in: owner) { call in
      let array = ArrayObject(element: .word)
      for unit in receiver(call, owner).utf16 { array.appendOwned(Slot(unit)) }
      call.returnObject(array)
    }
  }
}

/// A guest function from Character to Bool.
struct CharacterPredicate {
  private let callback: Callback

  init(_ call: NativeCall, _ index: Int) {
    callback = Callback(
      call, index, arguments: 1, result: call.machine.runtimeType(named: "Bool"))
  }

  func callAsFunction(_ character: Character) throws -> Bool {
    var slot = Slot.owned(StringObject(String(character)))
    defer { slot.release() }
    return try callback.isTrue(&slot)
  }
}

extension NativeCall {
  func returnSubstrings(_ parts: [Substring]) {
    let array = ArrayObject(element: .reference, capacity: parts.count)
    for part in parts { array.appendOwned(.owned(NativeBox(part))) }
    returnObject(array)
  }
}

extension Substring {
  /// Where a text first occurs, character by character.
  func range(ofText wanted: String, from start: Index) -> Range<Index>? {
    let wanted = Array(wanted)
    guard let first = wanted.first else { return nil }
    var start = start
    while let i = self[start...].firstIndex(of: first) {
      var end = i
      var matched = 0
      while matched < wanted.count && end < endIndex && self[end] == wanted[matched] {
        matched += 1
        formIndex(after: &end)
      }
      if matched == wanted.count { return i..<end }
      start = index(after: i)
    }
    return nil
  }

  func split(byText separator: String, maxSplits: Int, omittingEmpty: Bool) -> [Substring] {
    var parts: [Substring] = []
    var start = startIndex
    while parts.count < maxSplits, let range = self.range(ofText: separator, from: start) {
      if !omittingEmpty || range.lowerBound > start { parts.append(self[start..<range.lowerBound]) }
      start = range.upperBound
    }
    if !omittingEmpty || start < endIndex { parts.append(self[start...]) }
    return parts
  }

  func replacing(text wanted: String, with replacement: String) -> String {
    var result = ""
    var start = startIndex
    while let range = self.range(ofText: wanted, from: start) {
      result += self[start..<range.lowerBound] + replacement
      start = range.upperBound
    }
    return result + self[start...]
  }
}

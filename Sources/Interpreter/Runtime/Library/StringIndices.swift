// `String.Index` is a native value in a box. Every use is checked against the string it is used with,
// so that a wrong index is an error of the guest and never one of the process.

extension StandardLibrary {
  static func declareStringIndices(in module: NativeModule) {
    let index = module.type(
      "String.Index", .struct, protocols: ["Hashable", "Comparable"])
    index.equals = { $0.stringIndex == $1.stringIndex }
    index.less = { $0.stringIndex < $1.stringIndex }
    index.hash = { $1.combine($0.stringIndex) }
    module.declare("typealias Index = String.Index", in: "Substring")
    for owner in textTypes { module.members(of: owner) { declareIndices(in: $0, of: owner) } }
    module.members(of: "String") { declareIndexMutation(in: $0) }
  }

  private static func declareIndices(in module: NativeModule, of owner: String) {
    module.declare("var startIndex: String.Index { get }", in: owner) {
      $0.returnBoxed(receiver($0, owner).startIndex)
    }
    module.declare("var endIndex: String.Index { get }", in: owner) {
      $0.returnBoxed(receiver($0, owner).endIndex)
    }
    module.declare("var indices: [String.Index] { get }", in: owner) { call in
      let array = ArrayObject(element: .reference)
      for index in receiver(call, owner).indices { array.appendOwned(.owned(NativeBox(index))) }
      call.returnObject(array)
    }
    module.declare("subscript(i: String.Index) -> Character { get }", in: owner) { call in
      let text = receiver(call, owner)
      let index = (call.slots + 1).stringIndex
      if index < text.startIndex || index >= text.endIndex {
        throw Trap("String index is out of bounds")
      }
      call.returnString(String(text[index]))
    }
    for range in [
      "Range<String.Index>", "ClosedRange<String.Index>", "PartialRangeFrom<String.Index>",
      "PartialRangeUpTo<String.Index>", "PartialRangeThrough<String.Index>",
    ] {
      module.declare("subscript(r: \(range)) -> Substring { get }", in: owner) { call in
        let text = receiver(call, owner)
        call.returnBoxed(text[try call.textRange(range, at: 1, in: text)])
      }
    }
    declareIndexMovement(in: module, of: owner)
    for (name, isFirst) in [("firstIndex", true), ("lastIndex", false)] {
      module.declare("func \(name)(of element: Character) -> String.Index?", in: owner) { call in
        let (text, wanted) = (receiver(call, owner), Character(call.string(1)))
        let found = isFirst ? text.firstIndex(of: wanted) : text.lastIndex(of: wanted)
        call.returnOptional(object: found.map { NativeBox($0) })
      }
      module.declare(
        "func \(name)(where predicate: (Character) throws -> Bool) rethrows -> String.Index?",
        in: owner
      ) { call in
        let predicate = CharacterPredicate(call, 1)
        let text = receiver(call, owner)
        let found =
          try isFirst
          ? text.firstIndex { try predicate($0) } : text.lastIndex { try predicate($0) }
        call.returnOptional(object: found.map { NativeBox($0) })
      }
    }
  }

  private static func declareIndexMovement(in module: NativeModule, of owner: String) {
    module.declare("func index(after i: String.Index) -> String.Index", in: owner) { call in
      let text = receiver(call, owner)
      call.returnBoxed(try text.moved((call.slots + 1).stringIndex, by: 1))
    }
    module.declare("func index(before i: String.Index) -> String.Index", in: owner) { call in
      let text = receiver(call, owner)
      call.returnBoxed(try text.moved((call.slots + 1).stringIndex, by: -1))
    }
    module.declare(
      "func index(_ i: String.Index, offsetBy distance: Int) -> String.Index", in: owner
    ) { call in
      let text = receiver(call, owner)
      call.returnBoxed(try text.moved((call.slots + 1).stringIndex, by: call.int(2)))
    }
    module.declare(
      "func index(_ i: String.Index, offsetBy distance: Int, limitedBy limit: String.Index) "
        + "-> String.Index?",
      in: owner
    ) { call in
      let text = receiver(call, owner)
      let start = try text.checked((call.slots + 1).stringIndex)
      let limit = try text.checked((call.slots + 3).stringIndex)
      let moved = text.index(start, offsetBy: call.int(2), limitedBy: limit)
      call.returnOptional(object: moved.map { NativeBox($0) })
    }
    module.declare(
      "func distance(from start: String.Index, to end: String.Index) -> Int", in: owner
    ) { call in
      let text = receiver(call, owner)
      call.returnInt(
        text.distance(
          from: try text.checked((call.slots + 1).stringIndex),
          to: try text.checked((call.slots + 2).stringIndex)))
    }
    for (name, step) in [("after", 1), ("before", -1)] {
      module.declare("func formIndex(\(name) i: inout String.Index)", in: owner) { call in
        let text = receiver(call, owner)
        let moved = try text.moved((call.slots + 1).stringIndex, by: step)
        (call.slots + 1).replace(with: NativeBox(moved))
      }
    }
  }

  private static func declareIndexMutation(in module: NativeModule) {
    module.declare(
      "@discardableResult mutating func remove(at i: String.Index) -> Character", in: "String"
    ) { call in
      var text = call.string(0)
      let index = (call.slots + 1).stringIndex
      if index < text.startIndex || index >= text.endIndex {
        throw Trap("String index is out of bounds")
      }
      let removed = text.remove(at: index)
      call.slots.replace(with: StringObject(text))
      call.returnString(String(removed))
    }
    module.declare(
      "mutating func insert(_ newElement: Character, at i: String.Index)", in: "String"
    ) { call in
      var text = call.string(0)
      text.insert(
        contentsOf: call.string(1), at: try text[...].checked((call.slots + 2).stringIndex))
      call.slots.replace(with: StringObject(text))
    }
    for type in textTypes {
      module.declare(
        "mutating func insert(contentsOf newElements: \(type), at i: String.Index)", in: "String"
      ) { call in
        var text = call.string(0)
        let index = try text[...].checked((call.slots + 2).stringIndex)
        text.insert(contentsOf: call.text(1, of: type), at: index)
        call.slots.replace(with: StringObject(text))
      }
      for (range, slots) in [("Range<String.Index>", 2), ("ClosedRange<String.Index>", 2)] {
        module.declare(
          "mutating func replaceSubrange(_ subrange: \(range), with newElements: \(type))",
          in: "String"
        ) { call in
          var text = call.string(0)
          let range = try call.textRange(range, at: 1, in: text[...])
          text.replaceSubrange(range, with: call.text(1 + slots, of: type))
          call.slots.replace(with: StringObject(text))
        }
      }
    }
    for range in ["Range<String.Index>", "ClosedRange<String.Index>"] {
      module.declare("mutating func removeSubrange(_ bounds: \(range))", in: "String") { call in
        var text = call.string(0)
        text.removeSubrange(try call.textRange(range, at: 1, in: text[...]))
        call.slots.replace(with: StringObject(text))
      }
    }
  }
}

extension UnsafePointer where Pointee == Slot {
  var stringIndex: String.Index { pointee.object(as: NativeBox<String.Index>.self).value }
}

extension UnsafeMutablePointer where Pointee == Slot {
  var stringIndex: String.Index { UnsafePointer(self).stringIndex }
}

extension Substring {
  func checked(_ index: Index) throws -> Index {
    if index < startIndex || index > endIndex { throw Trap("String index is out of bounds") }
    return index
  }

  func moved(_ start: Index, by distance: Int) throws -> Index {
    let start = try checked(start)
    let limit = distance < 0 ? startIndex : endIndex
    guard let end = index(start, offsetBy: distance, limitedBy: limit) else {
      throw Trap("String index is out of bounds")
    }
    return end
  }
}

extension NativeCall {
  /// The part of a text that a range expression of any kind means.
  func textRange(
    _ type: String, at index: Int, in text: Substring
  ) throws -> Range<String.Index> {
    func bound() -> String.Index {
      UnsafePointer(object(index, as: ExistentialObject.self).slots).stringIndex
    }
    func after(_ i: String.Index) throws -> String.Index {
      if i >= text.endIndex { throw Trap("String index is out of bounds") }
      return text.index(after: try text.checked(i))
    }
    let (lower, upper) =
      switch type {
      case "Range<String.Index>": ((slots + index).stringIndex, (slots + index + 1).stringIndex)
      case "ClosedRange<String.Index>":
        ((slots + index).stringIndex, try after((slots + index + 1).stringIndex))
      case "PartialRangeFrom<String.Index>": (bound(), text.endIndex)
      case "PartialRangeUpTo<String.Index>": (text.startIndex, bound())
      default: (text.startIndex, try after(bound()))
      }
    if lower > upper { throw Trap("Range requires lowerBound <= upperBound") }
    return try text.checked(lower)..<text.checked(upper)
  }
}

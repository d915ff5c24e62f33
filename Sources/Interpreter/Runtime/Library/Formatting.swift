#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension StandardLibrary {
  /// `String(format:)`: every directive goes to the C library on its own, with an argument of the
  /// type that it expects, so that a wrong directive cannot read what is not there.
  static func formatted(
    _ format: String, with arguments: ArrayObject, _ machine: Machine
  ) throws -> String {
    var result = ""
    var rest = Substring(format)
    var next = 0
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[percent...].dropFirst()
      if rest.first == "%" {
        result += "%"
        rest.removeFirst()
        continue
      }
      var directive = FormatDirective(&rest)
      if directive.hasStarWidth {
        directive.width = "\(argument(next, arguments)?.slots[0].int ?? 0)"
        next += 1
      }
      if directive.hasStarPrecision {
        directive.precision = ".\(argument(next, arguments)?.slots[0].int ?? 0)"
        next += 1
      }
      guard let value = argument(next, arguments) else {
        throw Trap("String(format:) has more directives than arguments")
      }
      next += 1
      result += try directive.text(of: value, machine)
    }
    return result + rest
  }

  private static func argument(_ index: Int, _ arguments: ArrayObject) -> ExistentialObject? {
    index < arguments.count ? arguments[index][0].object() : nil
  }
}

/// One directive of a format: `%-8.3f`.
struct FormatDirective {
  var flags = ""
  var width = ""
  var precision = ""
  var conversion: Character = " "
  var hasStarWidth = false
  var hasStarPrecision = false

  /// Reads what follows the percent sign.
  init(_ rest: inout Substring) {
    func take(while isPart: (Character) -> Bool) -> String {
      let part = rest.prefix(while: isPart)
      rest = rest[part.endIndex...]
      return String(part)
    }
    flags = take { "-+ #0".contains($0) }
    width = take { $0.isASCII && $0.isNumber || $0 == "*" }
    hasStarWidth = width == "*"
    if rest.first == "." {
      rest.removeFirst()
      precision = "." + take { $0.isASCII && $0.isNumber || $0 == "*" }
      hasStarPrecision = precision == ".*"
    }
    _ = take { "hlqjztL".contains($0) }
    if let last = rest.popFirst() { conversion = last }
  }

  func text(of value: ExistentialObject, _ machine: Machine) throws -> String {
    let slot = value.slots[0]
    switch conversion {
    case "d", "i", "u", "x", "X", "o", "c":
      let word: Int64
      switch value.type.kind {
      case .int, .fixedInteger, .bool: word = Int64(bitPattern: slot)
      case .double: word = Int64(bitPattern: slot.double.bitPattern)
      default: throw mismatch(value)
      }
      if conversion == "c" { return padded(String(UnicodeScalar(UInt8(truncatingIfNeeded: word)))) }
      // A C `int` is what a directive without length means; Foundation prints the same bits.
      return print("\(flags)\(width)\(precision)ll\(conversion)", word)
    case "f", "F", "e", "E", "g", "G", "a", "A":
      let number: Double
      switch value.type.kind {
      case .double: number = slot.double
      case .float: number = Double(slot.float)
      default: throw mismatch(value)
      }
      return print("\(flags)\(width)\(precision)\(conversion)", number)
    case "@", "s": return padded(machine.describe(value.type, value.slots))
    default: throw Trap("String(format:) does not know the directive '%\(conversion)'")
    }
  }

  private func mismatch(_ value: ExistentialObject) -> Trap {
    Trap("String(format:) cannot print a value of type \(value.type.name) with '%\(conversion)'")
  }

  private func padded(_ text: String) -> String {
    var text = text
    if let limit = Int(precision.dropFirst()), !precision.isEmpty {
      text = String(text.prefix(limit))
    }
    let missing = (Int(width) ?? 0) - text.count
    if missing <= 0 { return text }
    let space = String(repeating: " ", count: missing)
    return flags.contains("-") ? text + space : space + text
  }

  private func print(_ directive: String, _ argument: any CVarArg) -> String {
    withVaList([argument]) { list in
      var buffer = [CChar](repeating: 0, count: 512)
      let needed = Int(vsnprintf(&buffer, buffer.count, "%" + directive, list))
      if needed < buffer.count { return String(cString: buffer) }
      return withVaList([argument]) { list in
        buffer = [CChar](repeating: 0, count: needed + 1)
        vsnprintf(&buffer, buffer.count, "%" + directive, list)
        return String(cString: buffer)
      }
    }
  }
}

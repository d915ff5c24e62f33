/// How a declaration begins: everything before its parameters or its type.
///
/// The library's index needs no more than this of a signature, so that the rest is read only when the
/// name is looked up.
struct SignatureHead {
  enum Kind { case function, initializer, `subscript`, variable, enumCase, alias }

  var kind = Kind.function
  /// `init` and `subscript` are names, too.
  var name = ""
  var isStatic = false
  var isMutating = false
  var isNonmutating = false
  var isOverridable = false
  var isDiscardable = false
  var isDisfavored = false
  var fixity: FunctionDeclaration.Fixity?

  /// Reads attributes, modifiers, the introducer and the name; nil if that is not what comes.
  init?(_ cursor: inout SignatureCursor) {
    while true {
      if cursor.take("@") {
        let attribute = cursor.word()
        if attribute == "discardableResult" { isDiscardable = true }
        if attribute == "_disfavoredOverload" { isDisfavored = true }
        if attribute == "available" { cursor.skipParentheses() }
        continue
      }
      switch cursor.word() {
      case "static", "class": isStatic = true
      case "mutating": isMutating = true
      case "nonmutating": isNonmutating = true
      case "open", "override": isOverridable = true
      case "prefix": fixity = .prefix
      case "postfix": fixity = .postfix
      case "infix", "final", "convenience", "required", "dynamic", "indirect": break
      case "public", "internal", "private", "fileprivate", "package": cursor.skipParentheses()
      case "func":
        let letter = cursor.peek()
        let isWord = SignatureCursor.isWordByte(letter) || letter == UInt8(ascii: "`")
        name = isWord ? cursor.word() : cursor.operatorName()
        if name.isEmpty { return nil }
        return
      case "init":
        (kind, name) = (.initializer, "init")
        return
      case "subscript":
        (kind, name) = (.subscript, "subscript")
        return
      case "let", "var":
        kind = .variable
        name = cursor.word()
        return
      case "case":
        kind = .enumCase
        name = cursor.word()
        return
      case "typealias":
        kind = .alias
        name = cursor.word()
        return
      default: return nil
      }
    }
  }

  /// The name that a signature declares.
  static func name(of signature: String) -> String {
    var signature = signature
    return signature.withUTF8 { bytes in
      var cursor = SignatureCursor(bytes)
      return SignatureHead(&cursor)?.name ?? ""
    }
  }

  /// Whether a signature declares an operator: `func` is followed by something that is no word.
  static func isOperator(_ signature: String) -> Bool {
    var signature = signature
    return signature.withUTF8 { bytes in
      var i = 0
      while i + 5 < bytes.count, bytes[i] != UInt8(ascii: "("), bytes[i] != UInt8(ascii: ":") {
        if bytes[i] == UInt8(ascii: "f"), bytes[i + 1] == UInt8(ascii: "u"),
          bytes[i + 3] == UInt8(ascii: "c"), bytes[i + 4] == UInt8(ascii: " ")
        {
          return SignatureCursor.isOperatorByte(bytes[i + 5])
        }
        i += 1
      }
      return false
    }
  }
}

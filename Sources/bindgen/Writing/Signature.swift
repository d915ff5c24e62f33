extension LibraryDeclaration {
  /// The declaration as guest code sees it, on one line and without a body.
  var signature: String {
    var words: [String] = []
    if isDisfavored { words.append("@_disfavoredOverload") }
    if isDiscardable { words.append("@discardableResult") }
    if isOpen { words.append("open") }
    if isStatic && kind != .enumCase { words.append("static") }
    if isMutating { words.append("mutating") }
    if let fixity, fixity != .infix { words.append(fixity.rawValue) }
    words.append(head)
    if effects != .none { words.append(effects == .throws ? "throws" : "rethrows") }
    switch kind {
    case .function where result != .void, .subscript: words.append("-> \(result)")
    default: break
    }
    switch kind {
    case .property, .subscript: words.append(isSettable ? "{ get set }" : "{ get }")
    // `Self == T` says only through which protocol a static member is found.
    default:
      if let requirements, !requirements.hasPrefix("Self == ") {
        words.append("where \(requirements)")
      }
    }
    return words.joined(separator: " ")
  }

  private var head: String {
    let list = "(\(parameters.map(\.signature).joined(separator: ", ")))"
    let generic =
      generics.isEmpty ? "" : "<\(generics.map(\.signature).joined(separator: ", "))>"
    switch kind {
    case .function: return "func \(name)\(fixity == nil ? "" : " ")\(generic)\(list)"
    case .initializer: return "init\(isFailable ? "?" : "")\(generic)\(list)"
    case .subscript: return "subscript\(generic)\(list)"
    case .property: return "var \(name): \(result)"
    case .enumCase:
      let payload = parameters.map { ($0.label.map { "\($0): " } ?? "") + $0.type.description }
      return "case \(name)" + (payload.isEmpty ? "" : "(\(payload.joined(separator: ", ")))")
    }
  }
}

extension LibraryDeclaration.Parameter {
  var signature: String {
    let names = label == name ? name : "\(label ?? "_") \(name)"
    var text = "\(names): "
    if isInout { text += "inout " }
    if isAutoclosure { text += "@autoclosure " }
    if isEscaping, case .function = type { text += "@escaping " }
    text += type.description
    if isVariadic { text += "..." }
    if let defaultText { text += " = \(defaultText)" }
    return text
  }
}

extension LibraryDeclaration.GenericParameter {
  var signature: String {
    constraints.isEmpty ? name : "\(name): \(constraints.joined(separator: " & "))"
  }
}

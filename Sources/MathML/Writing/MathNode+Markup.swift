extension MathNode {
  /// The node as XML, without line breaks or indentation: white space would show in text.
  var markup: String {
    var markup = ""
    write(to: &markup)
    return markup
  }

  private func write(to markup: inout String) {
    switch self {
    case .text(let text):
      MathNode.escape(text, into: &markup)
    case .element(let name, let attributes, let children):
      markup += "<\(name)"
      for attribute in attributes {
        markup += " \(attribute.name)=\""
        MathNode.escape(attribute.value, into: &markup)
        markup += "\""
      }
      markup += ">"
      for child in children { child.write(to: &markup) }
      markup += "</\(name)>"
    }
  }

  private static func escape(_ text: String, into markup: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "\t", "\n": markup.unicodeScalars.append(scalar)
      // Characters that XML does not allow, not even as references.
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": markup += "\u{FFFD}"
      default: markup.unicodeScalars.append(scalar)
      }
    }
  }
}

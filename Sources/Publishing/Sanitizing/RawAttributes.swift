/// Attributes of raw HTML elements, cut down to what the allow-list names and the page can hold.
enum RawAttributes {
  /// - Parameters:
  ///   - writtenName: the element as the author wrote it.
  ///   - name: the element it becomes.
  static func allowed(
    _ attributes: [Element.Attribute], of writtenName: String, as name: String,
    in context: PageContext
  ) -> [Element.Attribute] {
    let names = AllowList.attributes[name] ?? []
    var allowed: [Element.Attribute] = []
    for attribute in attributes {
      let value = attribute.value ?? ""
      switch attribute.name {
      case "align":
        if let alignment = TableContainer.alignmentClass(named: value) {
          allowed.append(.init(name: "class", value: alignment))
        }
      case "id",
        "name" where name == "a":
        let isFirst = !allowed.contains { $0.name == "id" }
        if isFirst, context.claim(id: value) { allowed.append(.init(name: "id", value: value)) }
      case "href" where names.contains("href"):
        if let address = context.address(ofLink: value) {
          allowed.append(.init(name: "href", value: address))
        }
      case let attributeName
      where names.contains(attributeName) || AllowList.globalAttributes.contains(attributeName):
        if let value = checked(value, of: attributeName) {
          allowed.append(.init(name: attributeName, value: value.isEmpty ? nil : value))
        }
      default:
        break
      }
    }
    return allowed
  }

  /// An image of raw HTML, embedded as one of Markdown is.
  static func image(_ attributes: [Element.Attribute], in context: PageContext) -> HTMLNode {
    func value(of name: String) -> String? {
      attributes.first { $0.name == name }?.value
    }
    var node = context.image(
      source: value(of: "src") ?? "", alternative: value(of: "alt") ?? "",
      title: value(of: "title"))
    if case .element(var element) = node, element.name == "img" {
      for name in ["width", "height"] {
        if let value = value(of: name).flatMap({ checked($0, of: name) }) {
          element.attributes.append(.init(name: name, value: value))
        }
      }
      node = .element(element)
    }
    return node
  }

  /// A value that is valid for its attribute, or nil. Empty stands for the bare attribute.
  private static func checked(_ value: String, of name: String) -> String? {
    if AllowList.numericAttributes.contains(name) {
      var digits = value[...]
      if digits.hasSuffix("px") { digits = digits.dropLast(2) }
      guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit) else {
        return nil
      }
      return String(digits)
    }
    switch name {
    case "open", "reversed": return ""
    case "dir": return ["auto", "ltr", "rtl"].contains(value) ? value : nil
    case "scope": return ["col", "colgroup", "row", "rowgroup"].contains(value) ? value : nil
    case "type": return ["1", "A", "I", "a", "i"].contains(value) ? value : nil
    case "lang":
      let isLanguage = value.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2D }
      return isLanguage && !value.isEmpty ? value : nil
    default: return value.isEmpty ? nil : value
    }
  }
}

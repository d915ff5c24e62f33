/// Where a new node may go: the rules of nesting.
extension ContentBuilder {
  /// Index of the outermost open element that holds running text only.
  var openPhrasingContainer: Int? {
    stack.firstIndex { AllowList.phrasingContainers.contains($0.name) }
  }

  /// Closes and opens what has to be closed and opened before an element can start.
  ///
  /// - Returns: false if there is no place for it.
  mutating func makePlace(for name: String, isFlow: Bool) -> Bool {
    if name == "a", let outer = stack.firstIndex(where: { $0.name == "a" }) {
      close(downTo: outer)
    }
    if let parents = AllowList.requiredParents[name] {
      return makePlace(for: name, in: parents)
    }
    if isFlow {
      if let container = openPhrasingContainer { close(downTo: container) }
      // `a`, `ins` and `del` hold whatever their own parent may hold.
      while let last = stack.last, AllowList.phrasing.contains(last.name),
        !["a", "del", "ins"].contains(last.name)
      {
        close(downTo: stack.count - 1)
      }
    }
    return !AllowList.structural.contains(stack[stack.count - 1].name)
  }

  private mutating func makePlace(for name: String, in parents: Set<String>) -> Bool {
    var index = stack.count - 1
    while index > 0 {
      let openName = stack[index].name
      if parents.contains(openName) {
        close(downTo: index + 1)
        return true
      }
      if let implied = Self.impliedParents[name], implied.grandparents.contains(openName) {
        close(downTo: index + 1)
        guard makePlace(for: implied.parent, isFlow: true) else { return false }
        stack.append(Element(implied.parent))
        return true
      }
      guard
        AllowList.endImplicitly.contains(openName) || AllowList.phrasing.contains(openName)
      else { return false }
      index -= 1
    }
    return false
  }

  /// Parts of a table that authors leave out and parsers put in.
  private static let impliedParents: [String: (parent: String, grandparents: Set<String>)] = [
    "tr": ("tbody", ["table"]),
    "td": ("tr", ["table", "tbody", "tfoot", "thead"]),
    "th": ("tr", ["table", "tbody", "tfoot", "thead"]),
    "col": ("colgroup", ["table"]),
  ]

  mutating func insert(text: String) {
    var text = text
    let last = stack[stack.count - 1]
    if last.name == "pre", last.children.isEmpty, text.utf8.first == UInt8(ascii: "\n") {
      text.removeFirst()
    }
    guard !text.isEmpty else { return }
    insert(.text(text), isWhiteSpace: text.utf8.allSatisfy(\.isHTMLSpace))
  }

  /// Appends to the innermost open element that may hold the node: what stands between the rows
  /// of a table or the items of a list comes out in front of it, as in browsers.
  mutating func insert(_ node: HTMLNode, isWhiteSpace: Bool) {
    var index = stack.count - 1
    if AllowList.structural.contains(stack[index].name) {
      if isWhiteSpace { return }
      while AllowList.structural.contains(stack[index].name) { index -= 1 }
    }
    stack[index].children.append(node)
  }
}

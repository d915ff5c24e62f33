/// Collects the content of one container, where Markdown and raw HTML take turns.
///
/// CommonMark hands raw HTML over in pieces: a block may open an element that another block closes,
/// with Markdown between them. This is the stack that puts the pieces together. It follows the tree
/// construction of browsers where a notebook needs it (implied end tags, implied table parts) and
/// always ends in a tree that a browser reads back as it is.
struct ContentBuilder {
  /// What the container may hold.
  enum Model {
    /// Running text: inside a paragraph, a heading, a table cell.
    case phrasing
    /// Blocks.
    case flow
  }

  let model: Model
  let context: PageContext
  /// Open elements of raw HTML; the first one stands for the container itself.
  var stack = [Element("")]
  /// An element whose content is no prose, while it is open, and how often it is open.
  private var dropped: (name: String, depth: Int)?

  /// More open elements than anybody writes; a page must not exhaust the stack of its readers.
  private static let deepestNesting = 64

  init(_ model: Model, context: PageContext) {
    self.model = model
    self.context = context
  }

  /// The content, with everything closed.
  mutating func finish() -> [HTMLNode] {
    close(downTo: 1)
    return stack[0].children
  }

  // MARK: Markdown

  /// Adds a node that came from Markdown.
  mutating func append(_ node: HTMLNode) {
    guard dropped == nil else { return }
    guard case .element(let element) = node else {
      return insert(node, isWhiteSpace: node.textContent.utf8.allSatisfy(\.isHTMLSpace))
    }
    if element.name == "a", stack.contains(where: { $0.name == "a" }) {
      // A link inside a link does not exist: the outer one stays.
      for child in element.children { insert(child, isWhiteSpace: false) }
      return
    }
    if AllowList.flow.contains(element.name), let container = openPhrasingContainer {
      if element.name == "p" {
        for child in element.children { insert(child, isWhiteSpace: false) }
        return
      }
      if element.name == "figure", let image = element.children.first {
        // `<p align="center">` around an image is a habit: the image goes in, as running text.
        return insert(image, isWhiteSpace: false)
      }
      close(downTo: container)
    }
    insert(node, isWhiteSpace: false)
  }

  // MARK: Raw HTML

  /// Adds raw HTML: a block of it, or a single tag within running text.
  mutating func append(rawHTML: String) {
    for token in HTMLTokenizer.tokens(of: rawHTML) {
      if dropped != nil {
        skip(token)
        continue
      }
      switch token {
      case .text(let text): insert(text: text)
      case .startTag(let name, let attributes, let isSelfClosing):
        open(name, attributes, isSelfClosing: isSelfClosing)
      case .endTag(let name): close(name)
      case .comment: break
      }
    }
    if model == .flow {
      // Text markup and dropped elements end with their block: one forgotten end tag must not
      // take the rest of the lesson with it.
      dropped = nil
      while let last = stack.last, AllowList.phrasing.contains(last.name) {
        close(downTo: stack.count - 1)
      }
    }
  }

  private mutating func skip(_ token: HTMLTokenizer.Token) {
    guard let current = dropped else { return }
    switch token {
    case .startTag(current.name, _, isSelfClosing: false):
      dropped?.depth += 1
    case .endTag(current.name):
      dropped = current.depth == 1 ? nil : (current.name, current.depth - 1)
    default:
      break
    }
  }

  private mutating func open(
    _ writtenName: String, _ attributes: [Element.Attribute], isSelfClosing: Bool
  ) {
    if AllowList.droppedWithContent.contains(writtenName) {
      context.reportDroppedElement(writtenName)
      if writtenName != "embed", !isSelfClosing { dropped = (writtenName, 1) }
      return
    }
    let name = AllowList.replacements[writtenName] ?? writtenName
    let isFlow = AllowList.flow.contains(name)
    guard isFlow || AllowList.phrasing.contains(name) else {
      return context.reportDroppedElement(writtenName)
    }
    guard !isFlow || model == .flow, stack.count < Self.deepestNesting else { return }
    guard makePlace(for: name, isFlow: isFlow) else { return }

    if name == "img" {
      return insert(RawAttributes.image(attributes, in: context), isWhiteSpace: false)
    }
    var element = Element(name)
    element.attributes = RawAttributes.allowed(attributes, of: writtenName, as: name, in: context)
    if writtenName == "center" {
      element.attributes.append(.init(name: "class", value: "align-center"))
    }
    if HTMLVocabulary.voidElements.contains(name) {
      insert(.element(element), isWhiteSpace: false)
    } else {
      stack.append(element)
    }
  }

  private mutating func close(_ writtenName: String) {
    let name = AllowList.replacements[writtenName] ?? writtenName
    let isPhrasing = AllowList.phrasing.contains(name)
    for index in stack.indices.dropFirst().reversed() {
      if stack[index].name == name { return close(downTo: index) }
      let openName = stack[index].name
      // An end tag of text markup does not reach out of its block, nor any out of a table cell
      // except those of the table.
      if isPhrasing, AllowList.flow.contains(openName) { return }
      if openName == "td" || openName == "th", !Self.tableParts.contains(name) { return }
    }
  }

  private static let tableParts: Set<String> = ["table", "tbody", "tfoot", "thead", "tr"]

  /// Closes the open elements from an index on.
  mutating func close(downTo index: Int) {
    while stack.count > max(index, 1) {
      let element = stack.removeLast()
      let isTable = element.name == "table"
      stack[stack.count - 1].children.append(
        isTable ? TableContainer.node(around: element) : .element(element))
    }
  }
}

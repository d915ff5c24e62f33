import Notebooks

/// Turns the blocks of a notebook into nodes; cells are handed to whoever draws them.
struct ProseRenderer {
  let context: PageContext
  let outline: Outline
  let cell: (_ index: Int) -> [HTMLNode]

  /// Quotes and lists nested deeper than this are set without further indentation.
  private static let deepestNesting = 32

  /// The nodes of the blocks of one container.
  func nodes(for blocks: [Block], depth: Int = 0) -> [HTMLNode] {
    var content = ContentBuilder(.flow, context: context)
    for (index, block) in blocks.enumerated() {
      if depth == 0, index == outline.titleBlock { continue }
      context.currentSpan = block.span
      if case .html(let html) = block.kind {
        content.append(rawHTML: html)
      } else {
        for node in nodes(for: block, depth: depth) { content.append(node) }
      }
    }
    return content.finish()
  }

  private func nodes(for block: Block, depth: Int) -> [HTMLNode] {
    switch block.kind {
    case .heading(let level, let id, let content):
      return [.element(heading(level: level, id: id, content: content))]
    case .paragraph(let content):
      return [paragraph(content)]
    case .list(let list):
      return [.element(element(for: list, depth: depth))]
    case .quote(let blocks):
      let content = nodes(for: blocks, depth: depth + 1)
      return depth < Self.deepestNesting
        ? [.element(Element("blockquote") { content })] : content
    case .code(let language, let text):
      return [CodeBlock.node(text: text, language: language)]
    case .cell(let index):
      return cell(index)
    case .table(let table):
      return [TableContainer.node(around: element(for: table))]
    case .displayMath(let latex, let latexSpan):
      return [.element(displayMath(latex, at: latexSpan))]
    case .thematicBreak:
      return [.element(Element("hr"))]
    case .html:
      return []
    }
  }

  private func heading(level: Int, id: String, content: [Inline]) -> Element {
    Element("h\(outline.pageLevel(of: level))", ["id": id]) {
      nodes(for: content)
      // Last, so that the heading is read before its own address.
      Element("a", ["class": "anchor", "href": "#\(id)", "aria-label": "Link to this section"]) {
        "#"
      }
    }
  }

  private func paragraph(_ content: [Inline]) -> HTMLNode {
    // An image alone is a figure, with its title as the caption.
    if content.count == 1, case .image(_, let title, _, _) = content[0] {
      return .element(
        Element("figure") {
          nodes(for: content)
          if let title { Element("figcaption") { title } }
        })
    }
    return .element(Element("p") { nodes(for: content) })
  }

  private func displayMath(_ latex: String, at span: SourceSpan) -> Element {
    // Only a long one may have to scroll, and then a keyboard has to reach it.
    let scrolls = latex.utf8.count > 60
    return Element(
      "div",
      [
        "class": "formula", "role": scrolls ? "group" : nil,
        "aria-label": scrolls ? "Formula" : nil, "tabindex": scrolls ? "0" : nil,
      ]
    ) {
      context.formula(latex, isDisplay: true, at: span)
    }
  }

  // MARK: Lists

  private func element(for list: Block.List, depth: Int) -> Element {
    let isTaskList = list.items.contains { $0.isDone != nil }
    let start = list.start.flatMap { $0 == 1 ? nil : String($0) }
    return Element(
      list.start == nil ? "ul" : "ol", ["class": isTaskList ? "tasks" : nil, "start": start]
    ) {
      for item in list.items {
        Element("li") { content(of: item, isTight: list.isTight, depth: depth) }
      }
    }
  }

  private func content(of item: Block.List.Item, isTight: Bool, depth: Int) -> [HTMLNode] {
    var content = nodes(for: item.blocks, depth: depth + 1)
    if isTight {
      content = content.flatMap { node -> [HTMLNode] in
        guard case .element(let element) = node, element.name == "p", element.attributes.isEmpty
        else { return [node] }
        return element.children
      }
    }
    guard let isDone = item.isDone else { return content }
    let box = HTMLNode.element(
      Element(
        "span", ["class": "task", "role": "img", "aria-label": isDone ? "Done:" : "To do:"]
      ) { isDone ? "☑" : "☐" })
    // The box belongs to the first line of the item.
    if case .element(var first)? = content.first, first.name == "p" {
      first.children.insert(contentsOf: [box, .text(" ")], at: 0)
      content[0] = .element(first)
      return content
    }
    return [box, .text(" ")] + content
  }

  // MARK: Tables

  private func element(for table: Block.Table) -> Element {
    func row(_ cells: [[Inline]], _ name: String) -> Element {
      Element("tr") {
        for (index, cell) in cells.enumerated() {
          Element(
            name,
            [
              "scope": name == "th" ? "col" : nil,
              "class": table.alignments.indices.contains(index)
                ? TableContainer.alignmentClass(named: table.alignments[index].rawValue) : nil,
            ]
          ) { nodes(for: cell) }
        }
      }
    }
    return Element("table") {
      Element("thead") { row(table.header, "th") }
      if !table.rows.isEmpty {
        Element("tbody") { for cells in table.rows { row(cells, "td") } }
      }
    }
  }
}

import Notebooks

/// A notebook as text: one line for each block, cell and problem, places as LINE:COLUMN.
struct DocumentDump {
  let notebook: Notebook
  private(set) var lines: [String] = []

  static func text(of notebook: Notebook) -> String {
    var dump = DocumentDump(notebook: notebook)
    dump.frontMatter()
    dump.add(notebook.blocks, depth: 0)
    for problem in notebook.problems {
      dump.lines += problem.rendered.split(separator: "\n").map(String.init)
    }
    return dump.lines.joined(separator: "\n") + "\n"
  }

  private init(notebook: Notebook) {
    self.notebook = notebook
  }

  private mutating func frontMatter() {
    let matter = notebook.frontMatter
    let fields = [
      ("title", matter.title), ("description", matter.description), ("author", matter.author),
      ("order", matter.order.map(String.init)),
    ]
    for case (let key, let value?) in fields { lines.append("\(key): \(value)") }
    if !matter.span.isEmpty { lines.append("front matter \(place(matter.span))") }
  }

  private func place(_ span: SourceSpan) -> String {
    let start = notebook.source.position(at: span.lowerBound)
    let end = notebook.source.position(at: span.upperBound)
    return "\(start.line):\(start.column)-\(end.line):\(end.column)"
  }

  private mutating func add(_ blocks: [Block], depth: Int) {
    for block in blocks { add(block, depth: depth) }
  }

  private mutating func add(_ block: Block, depth: Int) {
    let place = place(block.span)
    func line(_ words: String, _ rest: String = "", at depth: Int = depth) -> String {
      let text = String(repeating: "  ", count: depth) + words + " " + place
      return rest.isEmpty ? text : text + " " + rest
    }
    switch block.kind {
    case .heading(let level, let id, let content):
      lines.append(line("heading \(level) #\(id)", text(content)))
    case .paragraph(let content): lines.append(line("paragraph", text(content)))
    case .list(let list):
      let kind = list.start.map { "ordered from \($0)" } ?? "bullets"
      lines.append(line("list, \(kind), \(list.isTight ? "tight" : "loose")"))
      for item in list.items {
        let task = item.isDone.map { $0 ? " [x]" : " [ ]" } ?? ""
        lines.append(
          String(repeating: "  ", count: depth + 1) + "item\(task) " + self.place(item.span))
        add(item.blocks, depth: depth + 2)
      }
    case .quote(let blocks):
      lines.append(line("quote"))
      add(blocks, depth: depth + 1)
    case .code(let language, let text):
      lines.append(line("code", "\(language ?? "-") \(text.debugDescription)"))
    case .cell(let index):
      let cell = notebook.cells[index]
      lines.append(line("cell \(cell.label)", cell.displayedCode.debugDescription))
      let indent = String(repeating: "  ", count: depth + 1)
      let map = cell.lineMap.lines.map { "\($0.line)+\($0.shift)" }
      lines.append(indent + "lines " + map.joined(separator: " "))
      let options = Self.changed(cell.options)
      if !options.isEmpty { lines.append(indent + "options " + options.joined(separator: ", ")) }
    case .table(let table):
      lines.append(line("table", table.alignments.map(\.rawValue).joined(separator: " ")))
      for row in [table.header] + table.rows {
        let cells = row.map(text).joined(separator: " | ")
        lines.append(String(repeating: "  ", count: depth + 1) + "| " + cells + " |")
      }
    case .displayMath(let latex, let span):
      lines.append(line("math", latex.debugDescription + " " + self.place(span)))
    case .thematicBreak: lines.append(line("break"))
    case .html(let html): lines.append(line("html", html.debugDescription))
    }
  }

  private func text(_ inlines: [Inline]) -> String { inlines.map(text).joined() }

  private func text(_ inline: Inline) -> String {
    switch inline {
    case .text(let text): text
    case .code(let code): "<code:\(code)>"
    case .emphasis(let content): "<em:\(text(content))>"
    case .strong(let content): "<strong:\(text(content))>"
    case .strikethrough(let content): "<del:\(text(content))>"
    case .link(let destination, let title, let content):
      "<link \(destination)\(title.map { " \"\($0)\"" } ?? ""):\(text(content))>"
    case .image(let source, let title, let alt, let span):
      "<image \(source)\(title.map { " \"\($0)\"" } ?? "") \(place(span)):\(text(alt))>"
    case .math(let latex, let isDisplay, let span):
      "<\(isDisplay ? "display" : "math"):\(latex.replacing("\n", with: "\\n")) \(place(span))>"
    case .softBreak: "<soft>"
    case .lineBreak: "<br>"
    case .html(let html): "<html:\(html)>"
    }
  }

  private static func changed(_ options: CellOptions) -> [String] {
    let names = Mirror(reflecting: options).children
    let defaults = Mirror(reflecting: CellOptions()).children
    return zip(names, defaults).compactMap { option, standard in
      let value = "\(option.value)"
      return value == "\(standard.value)" ? nil : "\(option.label ?? "?")=\(value)"
    }
  }
}

import Notebooks

/// What all parts of one page share while it is put together: where links lead, which ids are taken,
/// and what there is to complain about.
final class PageContext {
  let notebook: Notebook
  let settings: PageSettings
  private(set) var problems: [NotebookProblem] = []
  /// Where the block that is being rendered stands: for problems without a place of their own.
  var currentSpan: SourceSpan = 0..<0
  /// Inside the text of a link nothing else may be a link.
  var isInsideLink = false
  private var ids: Set<String> = []
  private var reportedElements: Set<String> = []

  init(notebook: Notebook, settings: PageSettings) {
    self.notebook = notebook
    self.settings = settings
    for cell in notebook.cells { ids.insert(cell.label) }
    claimHeadings(in: notebook.blocks)
  }

  private func claimHeadings(in blocks: [Block]) {
    for block in blocks {
      switch block.kind {
      case .heading(_, let id, _): ids.insert(id)
      case .quote(let blocks): claimHeadings(in: blocks)
      case .list(let list): for item in list.items { claimHeadings(in: item.blocks) }
      default: break
      }
    }
  }

  // MARK: Ids

  /// Takes an id of raw HTML, unless it is no id or something else on the page has it.
  func claim(id: String) -> Bool {
    // Ids with a colon are the page's own: no heading and no label has one.
    let isID = !id.isEmpty && !id.utf8.contains { $0.isHTMLSpace || $0 == UInt8(ascii: ":") }
    return isID && ids.insert(id).inserted
  }

  // MARK: Links

  /// What a link of the notebook leads to on the page; nil for what no page may link to.
  func address(ofLink link: String) -> String? {
    switch LinkPolicy.destination(of: link) {
    case .absolute(let address), .fragment(let address):
      return address
    case .relative(let path, let suffix):
      let isNotebook = path.utf8.count > 3 && path.lowercased().hasSuffix(".md")
      if isNotebook { return settings.addressOfPage(path) + suffix }
      let isBelow = !path.isEmpty && !path.hasPrefix("/")
      return (isBelow ? settings.notebookFolder : "") + path + suffix
    case nil:
      report("a link to '\(link)' is not allowed in a page and was left out")
      return nil
    }
  }

  // MARK: Problems

  func report(_ message: String, at span: SourceSpan? = nil) {
    problems.append(
      NotebookProblem(
        .warning, message, path: notebook.path, source: notebook.source, span: span ?? currentSpan))
  }

  /// Says once for each kind of element that a page does not take it.
  func reportDroppedElement(_ name: String) {
    guard reportedElements.insert(name).inserted else { return }
    report("<\(name)> is not allowed in a page and was left out")
  }
}

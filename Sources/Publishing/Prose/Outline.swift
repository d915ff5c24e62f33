import Notebooks

/// The headings of a notebook as a page sets them: one title, and sections below it.
struct Outline {
  /// A line of the table of contents with what stands below it.
  struct Entry {
    var id: String
    var content: [Inline]
    var level: Int
    var entries: [Entry] = []
  }

  /// The content of the page's only `<h1>`.
  let title: [Inline]
  /// Id of the heading that became the title, if one did.
  let titleID: String?
  /// Which of the top-level blocks that heading is: it is not shown a second time.
  let titleBlock: Int?
  /// How much deeper headings stand on the page than in the notebook.
  let levelShift: Int
  let entries: [Entry]

  init(of notebook: Notebook) {
    let firstHeading = notebook.blocks.indices.first {
      if case .heading = notebook.blocks[$0].kind { return true }
      return false
    }
    if let index = firstHeading,
      case .heading(_, let id, let content) = notebook.blocks[index].kind,
      content.plainText == notebook.title
    {
      (title, titleID, titleBlock) = (content, id, index)
    } else {
      (title, titleID, titleBlock) = ([.text(notebook.title)], nil, nil)
    }

    var headings: [Entry] = []
    for (index, block) in notebook.blocks.enumerated() where index != titleBlock {
      if case .heading(let level, let id, let content) = block.kind {
        headings.append(Entry(id: id, content: content, level: level))
      }
    }
    // Authors who begin sections with `#` mean sections: the page has one title.
    levelShift = headings.contains { $0.level == 1 } ? 1 : 0
    entries = Self.nested(headings[...])
  }

  /// Level of a heading on the page.
  func pageLevel(of level: Int) -> Int {
    min(max(level + levelShift, 2), 6)
  }

  /// Two levels of headings: a table of contents that lists everything is no help.
  private static func nested(_ headings: ArraySlice<Entry>) -> [Entry] {
    let levels = Set(headings.map(\.level)).sorted().prefix(2)
    guard let outer = levels.first else { return [] }
    var entries: [Entry] = []
    for heading in headings where levels.contains(heading.level) {
      if heading.level == outer || entries.isEmpty {
        entries.append(heading)
      } else {
        entries[entries.count - 1].entries.append(heading)
      }
    }
    return entries
  }
}

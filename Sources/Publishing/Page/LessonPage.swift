import Notebooks

/// The parts of the page of a notebook.
struct LessonPage {
  let run: NotebookRun
  let context: PageContext
  private let outline: Outline
  private let prose: ProseRenderer

  private var notebook: Notebook { run.notebook }
  private var settings: PageSettings { context.settings }

  init(run: NotebookRun, settings: PageSettings) {
    let context = PageContext(notebook: run.notebook, settings: settings)
    let cells = CellRenderer(run: run, context: context)
    let outline = Outline(of: run.notebook)
    self.run = run
    self.context = context
    self.outline = outline
    prose = ProseRenderer(context: context, outline: outline, cell: cells.nodes(forCell:))
  }

  var document: Element {
    PageFrame(
      language: settings.language, title: outline.title.plainText,
      description: notebook.frontMatter.description, author: notebook.frontMatter.author,
      skipLink: ("page:main", "Skip to the lesson")
    ).document(styleClass: contents.isEmpty ? "lesson" : "lesson with-contents") {
      if let index = settings.index {
        Element("nav", ["class": "course", "aria-label": "Course"]) {
          Element("a", ["href": index.address]) { index.title }
        }
      }
      contents
      Element("main", ["id": "page:main"]) {
        header
        Banner(run: run).nodes
        prose.nodes(for: notebook.blocks)
      }
      neighbours
    }
  }

  private var header: Element {
    Element("header", ["class": "title"]) {
      Element("h1", ["id": outline.titleID]) { prose.nodes(for: outline.title) }
      if let description = notebook.frontMatter.description {
        Element("p", ["class": "description"]) { description }
      }
      if let author = notebook.frontMatter.author {
        Element("p", ["class": "author"]) { author }
      }
    }
  }

  /// The table of contents; a page of one or two sections needs none.
  private var contents: [HTMLNode] {
    let count = outline.entries.reduce(0) { $0 + 1 + $1.entries.count }
    guard count > 2 else { return [] }
    return [
      .element(
        Element("nav", ["class": "contents", "aria-label": "Contents"]) {
          Element("details") {
            Element("summary") { "Contents" }
            list(of: outline.entries)
          }
        })
    ]
  }

  private func list(of entries: [Outline.Entry]) -> Element {
    Element("ol") {
      for entry in entries {
        Element("li") {
          Element("a", ["href": "#\(entry.id)"]) { context.words(of: entry.content) }
          if !entry.entries.isEmpty { list(of: entry.entries) }
        }
      }
    }
  }

  private var neighbours: [HTMLNode] {
    guard settings.previous != nil || settings.next != nil else { return [] }
    return [
      .element(
        Element("nav", ["class": "neighbours", "aria-label": "Neighbouring lessons"]) {
          if let previous = settings.previous {
            Element("a", ["class": "previous", "rel": "prev", "href": previous.address]) {
              Element("span") { "Previous" }
              previous.title
            }
          }
          if let next = settings.next {
            Element("a", ["class": "next", "rel": "next", "href": next.address]) {
              Element("span") { "Next" }
              next.title
            }
          }
        })
    ]
  }
}

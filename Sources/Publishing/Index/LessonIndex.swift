import Notebooks

/// The lessons of a folder, for its index page.
public struct LessonIndex: Sendable {
  /// One lesson as the index shows it.
  public struct Entry: Hashable, Sendable {
    public var title: String
    public var description: String?
    /// Place in the course; lessons without one come last, by title.
    public var order: Int?
    /// Address of the page, relative to the index.
    public var address: String
    /// Whether its last run came to a good end.
    public var succeeded: Bool

    public init(
      title: String, description: String? = nil, order: Int? = nil, address: String,
      succeeded: Bool = true
    ) {
      self.title = title
      self.description = description
      self.order = order
      self.address = address
      self.succeeded = succeeded
    }

    /// The entry of a notebook that was run.
    public init(for run: NotebookRun, address: String) {
      let matter = run.notebook.frontMatter
      self.init(
        title: run.notebook.title, description: matter.description, order: matter.order,
        address: address, succeeded: run.outcome == .succeeded)
    }
  }

  public var title: String
  public var description: String?
  public var language = "en"
  /// In the order of the course.
  public private(set) var entries: [Entry]

  public init(title: String, description: String? = nil, entries: [Entry]) {
    self.title = title
    self.description = description
    self.entries = entries.sorted { left, right in
      (left.order ?? .max, left.title, left.address)
        < (right.order ?? .max, right.title, right.address)
    }
  }

  var document: Element {
    PageFrame(language: language, title: title, description: description)
      .document(styleClass: "index") {
        Element("main") {
          Element("header", ["class": "title"]) {
            Element("h1") { title }
            if let description { Element("p", ["class": "description"]) { description } }
          }
          // The role is said aloud again because lists without marks lose it in some browsers.
          Element("ol", ["class": "lessons", "role": "list"]) {
            for entry in entries { item(for: entry) }
          }
        }
      }
  }

  private func item(for entry: Entry) -> Element {
    Element("li") {
      Element("h2") { Element("a", ["href": entry.address]) { entry.title } }
      if !entry.succeeded { Element("p", ["class": "mark failed"]) { "The last run failed" } }
      if let description = entry.description { Element("p") { description } }
    }
  }
}

import Notebooks
import Publishing
import Synchronization

/// The notebooks of one call of `render`, in the order of the course: how their pages refer to each
/// other, and the index page of a folder.
final class Course: Sendable {
  private let lessons: [Lesson]
  private let hasIndex: Bool
  private let entries = Mutex<[LessonIndex.Entry]>([])

  private struct Lesson: Sendable {
    var path: String
    var title: String
    var order: Int
    var page: String
  }

  /// - Parameters:
  ///   - notebooks: paths of the notebooks.
  ///   - hasIndex: a folder was named, which gets an index page.
  init(notebooks: [String], hasIndex: Bool) {
    self.hasIndex = hasIndex
    lessons = notebooks.map { path in
      let notebook = try? Notebook(contentsOf: path)
      return Lesson(
        path: path, title: notebook?.title ?? path,
        order: notebook?.frontMatter.order ?? .max, page: Course.pageName(of: path))
    }
    .sorted { ($0.order, $0.title, $0.path) < ($1.order, $1.title, $1.path) }
  }

  static func pageName(of path: String) -> String {
    Notebook(path: path, source: SourceText("")).name + ".html"
  }

  /// The page of a run, and what it could not show as written.
  func page(for run: NotebookRun) -> Page {
    var settings = PageSettings()
    if hasIndex, let place = lessons.firstIndex(where: { $0.path == run.notebook.path }) {
      settings.index = PageSettings.Link(title: "All lessons", address: "index.html")
      if place > 0 { settings.previous = link(to: lessons[place - 1]) }
      if place + 1 < lessons.count { settings.next = link(to: lessons[place + 1]) }
    }
    entries.withLock {
      $0.append(LessonIndex.Entry(for: run, address: Course.pageName(of: run.notebook.path)))
    }
    return Page.lesson(for: run, settings: settings)
  }

  private func link(to lesson: Lesson) -> PageSettings.Link {
    PageSettings.Link(title: lesson.title, address: lesson.page)
  }

  /// The index page, when a folder was rendered.
  func index() -> Page? {
    guard hasIndex else { return nil }
    return Page.index(LessonIndex(title: "Lessons", entries: entries.withLock { $0 }))
  }
}

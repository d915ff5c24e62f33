import Notebooks

/// A finished page: one file that needs no other.
public struct Page: Sendable {
  /// The document as text, UTF-8.
  public var html: String
  /// What the page could not do as written, in source order: an unknown LaTeX command, a missing
  /// image, raw HTML that is not allowed. None of it keeps the page from being written.
  public var problems: [NotebookProblem]
}

extension Page {
  /// The page of a notebook with the outputs of a run between its paragraphs.
  ///
  /// The same run gives the same bytes: no times and no paths get into a page.
  ///
  /// - Parameters:
  ///   - run: the notebook and what came of running it.
  ///   - settings: how to reach images and other pages.
  public static func lesson(for run: NotebookRun, settings: PageSettings = PageSettings()) -> Page {
    let page = LessonPage(run: run, settings: settings)
    let document = page.document
    return Page(html: HTMLSerializer.document(document), problems: page.context.problems)
  }

  /// The page of a folder: its lessons, in order.
  public static func index(_ index: LessonIndex) -> Page {
    Page(html: HTMLSerializer.document(index.document), problems: [])
  }
}

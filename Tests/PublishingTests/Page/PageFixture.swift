import Foundation
import Notebooks

@testable import Publishing

/// A notebook beside the tests, with what its run is taken to have put out and the page expected.
///
/// `NAME.md` is the notebook, `NAME.html` the body of its page with the problems below, and
/// `NAME.json`, where it is needed, the run (see ``RecordedRun``).
struct PageFixture {
  let name: String

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Pages")

  static func all() throws -> [PageFixture] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }
      .map { PageFixture(name: $0.deletingPathExtension().lastPathComponent) }
      .sorted { $0.name < $1.name }
  }

  private func file(_ pathExtension: String) -> URL {
    Self.folder.appendingPathComponent(name).appendingPathExtension(pathExtension)
  }

  func run() throws -> NotebookRun {
    let text = try String(contentsOf: file("md"), encoding: .utf8)
    let notebook = Notebook(parsing: text, path: "\(name).md")
    guard let data = try? Data(contentsOf: file("json")) else {
      return NotebookRun(
        notebook: notebook, cells: notebook.cells.map { _ in CellRun(status: .succeeded) })
    }
    return try JSONDecoder().decode(RecordedRun.self, from: data).run(of: notebook)
  }

  var settings: PageSettings {
    var settings = PageSettings()
    settings.readFile = { path in
      (try? Data(contentsOf: Self.folder.appendingPathComponent(path))).map { Array($0) }
    }
    return settings
  }

  /// The body of the page, and below it what there was to complain about.
  func rendered() throws -> String {
    let page = LessonPage(run: try run(), settings: settings)
    let body = page.document.children.last
    guard case .element(let element)? = body else { return "" }
    let problems = page.context.problems.map { "\n<!-- \($0.headline) -->" }
    return HTMLSerializer.fragment(element.children) + problems.joined()
  }

  var expected: String? {
    try? String(contentsOf: file("html"), encoding: .utf8)
  }

  func accept(_ html: String) throws {
    try html.write(to: file("html"), atomically: true, encoding: .utf8)
  }
}

/// A run as a fixture states it: shorter than the real thing, places as lines and columns.
struct RecordedRun: Decodable {
  struct Problem: Decodable {
    var severity: NotebookProblem.Severity?
    var message: String
    var line: Int
    var column: Int
    var length: Int?

    func problem(in notebook: Notebook) -> NotebookProblem {
      NotebookProblem(
        severity ?? .error, message, path: notebook.path,
        position: SourcePosition(line: line, column: column), length: length ?? 0,
        sourceLine: notebook.source.line(line))
    }
  }

  struct Failure: Decodable {
    var kind: CellError.Kind
    var typeName: String?
    var message: String
    var problems: [Problem]?
    /// `function cell line`, the innermost first.
    var trace: [String]?

    func error(in notebook: Notebook) -> CellError {
      CellError(
        kind: kind, typeName: typeName, message: message,
        problems: (problems ?? []).map { $0.problem(in: notebook) },
        trace: (trace ?? []).map { entry in
          let parts = entry.split(separator: " ").map(String.init)
          return CellError.Frame(
            function: parts[0], cell: parts[1],
            position: SourcePosition(line: Int(parts[2]) ?? 1, column: 1))
        })
    }
  }

  struct Output: Decodable {
    var text: String?
    var value: String?
    var type: String?
    var omittedLines: Int?
    var omittedBytes: Int?
    var error: Failure?

    func output(in notebook: Notebook) -> CellOutput {
      if let error { return .error(error.error(in: notebook)) }
      if let value { return .value(text: value, typeName: type ?? "String") }
      if let omittedLines { return .omitted(lines: omittedLines, bytes: omittedBytes ?? 0) }
      return .text(text ?? "")
    }
  }

  struct CellRecord: Decodable {
    var status: String?
    var outputs: [Output]?
  }

  var outcome: String?
  var problems: [Problem]?
  /// By label; a cell that is not named succeeded and put out nothing.
  var cells: [String: CellRecord]?

  func run(of notebook: Notebook) -> NotebookRun {
    NotebookRun(
      notebook: notebook,
      cells: notebook.cells.map { cell in
        let record = cells?[cell.label]
        return CellRun(
          status: record?.status.flatMap(CellRun.Status.init) ?? .succeeded,
          outputs: (record?.outputs ?? []).map { $0.output(in: notebook) })
      },
      problems: (problems ?? []).map { $0.problem(in: notebook) },
      outcome: outcome.flatMap(NotebookRun.Outcome.init) ?? .succeeded)
  }
}

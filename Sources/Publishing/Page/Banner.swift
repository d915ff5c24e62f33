import Notebooks

/// Says at the top of a page that the run did not come to a good end, and leads to the place.
struct Banner {
  let run: NotebookRun

  var nodes: [HTMLNode] {
    switch run.outcome {
    case .succeeded: return []
    case .failed: return [.element(failed)]
    case .rejected: return [.element(rejected)]
    case .interrupted: return [.element(interrupted)]
    }
  }

  private var failed: Element {
    let failures = run.cells.indices.filter { run.cells[$0].status == .failed }
    let isCutShort = run.cells.contains { $0.status == .notRun }
    return box("This notebook failed.") {
      Element("ul") {
        for index in failures {
          Element("li") {
            "Cell "
            link(toCell: index)
            if let error = run.cells[index].error { ": \(Self.firstLine(of: error.message))" }
          }
        }
      }
      if isCutShort { Element("p") { "The cells after it were not run." } }
    }
  }

  private var rejected: Element {
    let errors = run.problems.filter { $0.severity == .error }
    return box("This notebook was not run.") {
      Element("p") {
        errors.count == 1
          ? "An error was found before the first cell:"
          : "\(errors.count) errors were found before the first cell:"
      }
      Element("ul") {
        for error in errors.prefix(20) {
          Element("li") {
            if let position = error.position {
              "Line \(position.line)"
              if let index = cell(atLine: position.line) {
                ", cell "
                link(toCell: index)
              }
              ": "
            }
            Self.firstLine(of: error.message)
          }
        }
        if errors.count > 20 { Element("li") { "and \(errors.count - 20) more" } }
      }
    }
  }

  private var interrupted: Element {
    let index = run.cells.firstIndex { $0.status == .interrupted }
    return box("The run was interrupted.") {
      Element("p") {
        if let index {
          "It stopped in cell "
          link(toCell: index)
          ". "
        }
        "The cells after it were not run."
      }
    }
  }

  private func box(_ title: String, @HTMLBuilder content: () -> [HTMLNode]) -> Element {
    Element("aside", ["class": "banner", "aria-label": "Status of the run"]) {
      Element("p", ["class": "headline"]) { Element("strong") { title } }
      content()
    }
  }

  private func link(toCell index: Int) -> Element {
    let label = run.notebook.cells[index].label
    return Element("a", ["href": "#\(label)"]) { label }
  }

  private func cell(atLine line: Int) -> Int? {
    run.notebook.cells.firstIndex { cell in
      let source = run.notebook.source
      return source.position(at: cell.span.lowerBound).line <= line
        && line <= source.position(at: max(cell.span.upperBound - 1, cell.span.lowerBound)).line
    }
  }

  private static func firstLine(of message: String) -> String {
    String(message.prefix { !$0.isNewline })
  }
}

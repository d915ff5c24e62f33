import Notebooks

/// The page of a run, as HTML: the one place where the command line meets the page.
///
/// For now it is the outputs alone, in plain text.
func page(for run: NotebookRun) -> String {
  func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }
  var body = ""
  for (cell, run) in zip(run.notebook.cells, run.cells) {
    body += "<pre>\(escaped(cell.displayedCode))</pre>\n"
    for output in run.outputs {
      switch output {
      case .text(let text), .value(let text, _): body += "<pre>\(escaped(text))</pre>\n"
      case .error(let error): body += "<pre>\(escaped(error.message))</pre>\n"
      case .omitted(let lines, let bytes):
        body += "<p>\(lines) lines, \(bytes) bytes left out</p>\n"
      }
    }
  }
  return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>\(escaped(run.notebook.title))</title></head>
    <body>
    \(body)</body></html>

    """
}

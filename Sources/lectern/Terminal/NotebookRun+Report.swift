import Notebooks

extension NotebookRun {
  /// What there is to say on standard error about a run that is over: problems, unexpected errors of
  /// cells, and what did not run.
  var report: String {
    var text = problems.map { $0.rendered + "\n" }.joined()
    for (cell, run) in zip(notebook.cells, cells) where run.status == .failed {
      for case .error(let error) in run.outputs { text += error.report(of: cell, in: notebook) }
    }
    let waiting = cells.count { $0.status == .notRun }
    if outcome == .interrupted { text += "\(notebook.path): interrupted\n" }
    if waiting > 0, outcome == .failed || outcome == .interrupted {
      text += "\(notebook.path): \(waiting) of \(cells.count) cells did not run\n"
    }
    return text
  }
}

extension CellError {
  /// The error as lines for a terminal: place, source line with mark, trace.
  func report(of cell: Cell, in notebook: Notebook) -> String {
    var text: String
    if problems.isEmpty {
      let place = NotebookProblem(
        .error, "cell '\(cell.label)': \(message)", path: notebook.path, source: notebook.source,
        span: cell.span.lowerBound..<cell.span.lowerBound)
      text = place.headline + "\n"
    } else {
      text = problems.map { $0.rendered + "\n" }.joined()
    }
    for frame in trace {
      text +=
        "  at \(frame.function) (\(notebook.path):\(frame.position.line), cell \(frame.cell))\n"
    }
    return text
  }
}

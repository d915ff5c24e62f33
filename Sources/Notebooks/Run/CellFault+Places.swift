extension NotebookProblem {
  /// What the checker says about a place in a cell, as a place in the file.
  init(_ diagnostic: CellDiagnostic, in notebook: Notebook) {
    let position = notebook.position(of: diagnostic.place)
    self.init(
      diagnostic.severity, diagnostic.message, path: notebook.path, position: position,
      length: diagnostic.length, sourceLine: notebook.source.line(position.line),
      notes: diagnostic.notes.map { NotebookProblem($0, in: notebook) })
  }
}

extension CellError {
  /// What a worker says about a cell's end, with places in the file.
  init(_ fault: CellFault, in notebook: Notebook) {
    var problems = fault.diagnostics.map { NotebookProblem($0, in: notebook) }
    if problems.isEmpty, let place = fault.trace.first?.place {
      problems = [
        NotebookProblem(CellDiagnostic(.error, fault.message, at: place), in: notebook)
      ]
    }
    self.init(
      kind: fault.kind, typeName: fault.typeName, message: fault.message, problems: problems,
      trace: fault.trace.map { frame in
        Frame(
          function: frame.function, cell: notebook.cells[frame.place.cell].label,
          position: notebook.position(of: frame.place))
      })
  }
}

extension Notebook {
  /// The place in the file of a place in a cell.
  func position(of place: CellPlace) -> SourcePosition {
    cells[place.cell].lineMap.position(line: place.line, column: place.column)
  }
}

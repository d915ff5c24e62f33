extension Module {
  /// `Name(extra)` without parts; otherwise one line for each part, indented by two spaces.
  final var text: String {
    let extra = extraRepresentation
    var lines: [String] = []
    for case (let name, .module(let module)) in namedChildren {
      let inner = module.description.split(separator: "\n", omittingEmptySubsequences: false)
      lines.append("(\(name)): " + inner.joined(separator: "\n  "))
    }
    if lines.isEmpty { return "\(typeName)(\(extra))" }
    if !extra.isEmpty { lines.insert(extra, at: 0) }
    return "\(typeName)(\n  " + lines.joined(separator: "\n  ") + "\n)"
  }
}

extension Bool {
  /// Python's spelling, which the printed forms of modules use.
  var pythonText: String { self ? "True" : "False" }
}

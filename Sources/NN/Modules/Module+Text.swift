extension Module {
  /// `Name(extra)` without parts; otherwise one line for each part, indented by two spaces.
  final var text: String {
    let extra = extraRepresentation
    var lines: [String] = []
    for case (let name, .module(let module)) in namedChildren {
      let inner = module.description.split(separator: "\n", omittingEmptySubsequences: false)
      lines.append("(\(name)): " + inner.joined(separator: "\n  "))
    }
    let own = extra.split(separator: "\n").map(String.init)
    if lines.isEmpty && own.count < 2 { return "\(typeName)(\(extra))" }
    lines.insert(contentsOf: own, at: 0)
    return "\(typeName)(\n  " + lines.joined(separator: "\n  ") + "\n)"
  }
}

extension Bool {
  /// Python's spelling, which the printed forms of modules use.
  var pythonText: String { self ? "True" : "False" }
}

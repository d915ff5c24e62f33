extension Type {
  /// The name that `print(type(of: x))` shows; with modules as `debugPrint` shows it.
  ///
  /// Unlike in messages of the compiler, nothing is abbreviated: `Array<Int>`, not `[Int]`.
  func printedName(qualified: Bool = false) -> String {
    switch self {
    case .nominal(let declaration, let arguments):
      var name = declaration.name
      if qualified {
        name = declaration.module + "." + name
      } else if let dot = name.lastIndex(of: ".") {
        name = String(name[name.index(after: dot)...])
      }
      if arguments.isEmpty { return name }
      let names = arguments.map { $0.printedName(qualified: qualified) }
      return "\(name)<\(names.joined(separator: ", "))>"
    case .tuple(let elements):
      let parts = elements.map {
        ($0.label.map { "\($0): " } ?? "") + $0.type.printedName(qualified: qualified)
      }
      return "(\(parts.joined(separator: ", ")))"
    case .function(let function):
      let parameters = function.parameters.map {
        ($0.isInout ? "inout " : "") + $0.type.printedName(qualified: qualified)
      }
      return "(\(parameters.joined(separator: ", ")))" + (function.canThrow ? " throws" : "")
        + " -> \(function.result.printedName(qualified: qualified))"
    case .existential(let protocols):
      if protocols.isEmpty { return "Any" }
      return protocols.map { qualified ? "\($0.module).\($0.name)" : $0.name }
        .joined(separator: " & ")
    case .metatype(let type): return type.printedName(qualified: qualified) + ".Type"
    case .parameter(let parameter): return parameter.name
    case .invalid: return "_"
    }
  }
}

extension Conversion {
  /// An expression that reads the next value from the reader named `input`.
  func read(_ type: TypeReference, _ input: String = "input") throws -> String {
    if isPlain(type) { return "\(input).read(\(try host(type)).self)" }
    switch type {
    case .tuple(let elements):
      return "(\(try elements.map { try read($0.type, input) }.joined(separator: ", ")))"
    case .array(let element):
      return "\(input).readArray { \(input) in \(try read(element, input)) }"
    case .optional(let wrapped):
      return "\(input).readOptional(isNullable: \(isNullable(wrapped, input)), "
        + "count: \(try count(wrapped, input))) { \(input) in \(try read(wrapped, input)) }"
    case .parameter(let name):
      switch generics[name] {
      case .value(let index): return "\(input).readValue(\(input).types[\(index)])"
      case .conforming(let name, let index):
        return "(try \(input).read\(name)(\(input).types[\(index)]))"
      default: throw Unbindable("the generic parameter \(name)")
      }
    case .existential(let name):
      guard catalog.types[name] != nil else { throw Unbindable("the type \(type)") }
      return "(try \(input).read\(name)())"
    case .function(let parameters, let result, let canThrow):
      return try readFunction(parameters, result, canThrow, input)
    case .named, .other: throw Unbindable("the type \(type)")
    }
  }

  /// A guest function as a Swift closure. One that may not throw parks the error of a failed call.
  private func readFunction(
    _ parameters: [TypeReference], _ result: TypeReference, _ canThrow: Bool, _ input: String
  ) throws -> String {
    let layouts = try layouts(parameters, input)
    let names = parameters.indices.map { "a\($0)" }
    let heads = try zip(names, parameters).map { "\($0): \(try host($1))" }
    let head =
      "(\(heads.joined(separator: ", ")))\(canThrow ? " throws" : "") -> \(try host(result))"
    let writes = try zip(names, parameters).flatMap { try write($1, $0, "output") }
    let storing = writes.isEmpty ? "{ _ in }" : "{ output in \(writes.joined(separator: "; ")) }"
    let loading = result == .void ? "{ _ in }" : "{ input in \(try read(result, "input")) }"
    let call =
      canThrow
      ? "try f.call(\(storing), \(loading))"
      : "f.call(\(storing), \(loading), or: \(try placeholder(result, "f")))"
    return "\(input).readFunction([\(layouts)], \(try layout(result, input))) "
      + "{ f in { \(head) in \(call) } }"
  }
}

extension Conversion {
  /// Statements that write a value to the writer named `output`.
  func write(_ type: TypeReference, _ value: String, _ output: String) throws -> [String] {
    if isPlain(type) { return ["\(output).write(\(value))"] }
    switch type {
    case .tuple(let elements):
      return try elements.enumerated().flatMap { i, element in
        try write(element.type, "\(value).\(i)", output)
      }
    case .array(let element):
      let inner = try write(element, "element", output).joined(separator: "; ")
      return [
        "\(output).writeArray(\(value), \(try layout(element, output))) "
          + "{ \(output), element in \(inner) }"
      ]
    case .optional(let wrapped):
      let inner = try write(wrapped, "some", output).joined(separator: "; ")
      return [
        "\(output).writeOptional(\(value), isNullable: \(isNullable(wrapped, output)), "
          + "count: \(try count(wrapped, output))) { \(output), some in \(inner) }"
      ]
    case .parameter(let name):
      guard case .value? = generics[name] else { throw Unbindable("a result of type \(name)") }
      return ["\(output).write(\(value))"]
    case .existential(let name):
      guard catalog.types[name] != nil else { throw Unbindable("a result of type \(type)") }
      return ["\(output).write\(name)(\(value))"]
    case .function(let parameters, let result, let canThrow):
      guard !type.contains({ if case .parameter = $0 { true } else { false } }) else {
        throw Unbindable("a generic function as a result")
      }
      let arguments = try parameters.map { try read($0) }.joined(separator: ", ")
      let call = "\(canThrow ? "try " : "")(\(value))(\(arguments))"
      let body = try run(result, "{ input in \(call) }")
      return [
        "\(output).writeFunction(resultSlots: \(try count(result, output))) { call in \(body) }"
      ]
    case .named, .other: throw Unbindable("a result of type \(type)")
    }
  }

  /// The statement that runs a closure over the arguments and leaves what it returns in the slots.
  func run(_ result: TypeReference, _ body: String, mutating: String? = nil) throws -> String {
    let name = mutating.map { "mutate(\($0).self)" } ?? "run"
    if result == .void {
      return mutating == nil ? "try call.perform \(body)" : "try call.\(name) \(body)"
    }
    if isPlain(result) { return "try call.\(name) \(body)" }
    let writes = try write(result, "result", "output").joined(separator: "; ")
    return "try call.\(name) \(body) write: { output, result in \(writes) }"
  }
}

/// The typed tree as text, for `lectern run --dump`: one line a statement, expressions in prefix form
/// with the type after a colon where it is not obvious.
struct TreeDump {
  private var lines: [String] = []
  private var depth = 0
  private var seen: Set<ObjectIdentifier> = []

  static func text(_ unit: CheckedUnit) -> String {
    var dump = TreeDump()
    for type in unit.types { dump.type(type) }
    for function in unit.functions { dump.function(function) }
    dump.body(unit.body)
    if let displayed = unit.displayed { dump.line("display \(dump.text(displayed))") }
    return dump.lines.joined(separator: "\n")
  }

  private mutating func line(_ text: String) {
    lines.append(String(repeating: "  ", count: depth) + text)
  }

  private mutating func indented(_ body: (inout TreeDump) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  // MARK: Declarations

  private mutating func type(_ type: NominalDeclaration) {
    line("\(type.kind.rawValue) \(type.name)\(type.superclass.map { ": \($0)" } ?? "")")
    indented { dump in
      for item in type.cases {
        let payload = item.payload.map(\.type.description).joined(separator: ", ")
        dump.line("case \(item.name)\(payload.isEmpty ? "" : "(\(payload))")")
      }
      for property in type.storedProperties {
        let value = property.initialValue.map { " = \(dump.text($0))" } ?? ""
        dump.line(
          "\(property.isMutable ? "var" : "let") \(property.name): \(property.type)\(value)")
      }
    }
  }

  private mutating func function(_ function: FunctionDeclaration) {
    switch function.implementation {
    case .guest(let body): self.body(body)
    case .memberwise: line("memberwise \(function.owner?.name ?? "").\(function.fullName)")
    default: break
    }
  }

  private mutating func body(_ body: FunctionBody) {
    guard seen.insert(ObjectIdentifier(body)).inserted else { return }
    let parameters = body.parameters.map {
      "\($0.isInout ? "inout " : "")\($0.name): \($0.type)"
    }.joined(separator: ", ")
    let captures =
      body.captures.isEmpty ? "" : " captures \(body.captures.map(\.name).joined(separator: ", "))"
    line("func \(body.name) (\(parameters)) -> \(body.result)\(captures)")
    indented { $0.statements(body.statements) }
  }

  // MARK: Statements

  private mutating func statements(_ list: [Statement]) {
    for statement in list { self.statement(statement) }
  }

  private mutating func block(_ head: String, _ list: [Statement]) {
    line(head)
    indented { $0.statements(list) }
  }

  private mutating func statement(_ s: Statement) {
    switch s.kind {
    case .expression(let value): line(text(value))
    case .binding(let pattern, let value): line("bind \(text(pattern)) = \(text(value))")
    case .declare(let variables):
      line("declare \(variables.map { "\($0.name): \($0.type)" }.joined(separator: ", "))")
    case .localFunction(let variable, let body):
      line("local function \(variable.name)")
      indented { $0.body(body) }
    case .if(let conditions, let then, let otherwise):
      block("if \(text(conditions))", then)
      if !otherwise.isEmpty { block("else", otherwise) }
    case .guard(let conditions, let otherwise):
      block("guard \(text(conditions)) else", otherwise)
    case .while(let conditions, let body, _): block("while \(text(conditions))", body)
    case .repeatWhile(let body, let condition, _):
      block("repeat", body)
      line("while \(text(condition))")
    case .forIn(let loop):
      let filter = loop.condition.map { " where \(text($0))" } ?? ""
      block("for \(text(loop.pattern)) in \(text(loop.sequence))\(filter)", loop.body)
    case .switch(let subject, _, let cases, _):
      line("switch \(text(subject))")
      for item in cases {
        block(item.patterns.isEmpty ? "default" : "case \(text(item.patterns))", item.body)
      }
    case .break(let label): line("break\(label.name.map { " \($0)" } ?? "")")
    case .continue(let label): line("continue\(label.name.map { " \($0)" } ?? "")")
    case .fallthrough: line("fallthrough")
    case .return(let value): line("return\(value.map { " \(text($0))" } ?? "")")
    case .throw(let value): line("throw \(text(value))")
    case .doCatch(let body, _, let clauses):
      block("do", body)
      for clause in clauses { block("catch \(text(clause.patterns))", clause.body) }
    case .do(let body, _): block("do", body)
    case .defer(let body): block("defer", body)
    case .initializeProperties(_, let type): line("initialize properties of \(type.name)")
    }
  }

  private func text(_ sequence: Statement.Sequence) -> String {
    switch sequence {
    case .range(let a, let b, let isClosed): "\(text(a)) \(isClosed ? "..." : "..<") \(text(b))"
    case .array(let value, _): "array \(text(value))"
    case .iterator(let value, _): "sequence \(text(value))"
    }
  }

  private func text(_ conditions: [Condition]) -> String {
    conditions.map {
      switch $0 {
      case .expression(let value): text(value)
      case .pattern(let pattern, let value): "\(text(pattern)) = \(text(value))"
      }
    }.joined(separator: ", ")
  }

  private func text(_ patterns: [CasePattern]) -> String {
    patterns.map { item in
      text(item.pattern) + (item.condition.map { " where \(text($0))" } ?? "")
    }.joined(separator: ", ")
  }

  private func text(_ pattern: Pattern) -> String {
    switch pattern.kind {
    case .any: "_"
    case .local(let variable): "\(variable.name): \(variable.type)"
    case .global(let variable): "global \(variable.name): \(variable.type)"
    case .tuple(let parts): "(\(parts.map { text($0) }.joined(separator: ", ")))"
    case .enumCase(let item, let parts):
      ".\(item.name)" + (parts.isEmpty ? "" : "(\(parts.map { text($0) }.joined(separator: ", ")))")
    case .some(let inner): "\(text(inner))?"
    case .none: "nil"
    case .expression(_, let matches): text(matches)
    case .isType(let type): "is \(type)"
    case .cast(let type, let inner): "\(text(inner)) as \(type)"
    }
  }

  // MARK: Expressions

  private func list(_ parts: [Expression]) -> String {
    parts.map { text($0) }.joined(separator: ", ")
  }

  private func list(_ arguments: [Argument]) -> String {
    arguments.map { text($0) }.joined(separator: ", ")
  }

  private func text(_ argument: Argument) -> String {
    switch argument {
    case .value(let value): text(value)
    case .inout(let place): "&\(text(place))"
    case .autoclosure(let body): "auto{\(inline(body))}"
    }
  }

  private func inline(_ body: FunctionBody) -> String {
    var inner = TreeDump()
    inner.statements(body.statements)
    return inner.lines.map { $0.trimmingPrefix(while: { $0 == " " }) }.joined(separator: "; ")
  }

  private func text(_ e: Expression) -> String {
    switch e.kind {
    case .integer(let value): "\(value)" + (e.type.description == "Int" ? "" : ":\(e.type)")
    case .double(let value): "\(value)" + (e.type.description == "Double" ? "" : ":\(e.type)")
    case .boolean(let value): "\(value)"
    case .string(let value): value.debugDescription
    case .none: "nil:\(e.type)"
    case .interpolation(let parts): "interpolate(\(list(parts)))"
    case .array(let parts): "[\(list(parts))]:\(e.type)"
    case .dictionary(let pairs):
      "[\(pairs.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", "))]:\(e.type)"
    case .tuple(let parts): "(\(list(parts)))"
    case .metatype(let type): "\(type).self"
    case .place(let place): text(place)
    case .closure(let body):
      "{ (\(body.parameters.map(\.name).joined(separator: ", "))) in \(inline(body)) }:\(e.type)"
    case .functionReference(let function, _, let bound):
      "function \(bound.map { text($0) + "." } ?? "")\(function.fullName)"
    case .call(let call): text(call)
    case .callValue(let callee, let arguments): "\(text(callee))(\(list(arguments)))"
    case .enumCase(let item, let parts):
      "\(e.type).\(item.name)" + (parts.isEmpty ? "" : "(\(list(parts)))")
    case .delegateInit(_, let arguments, let isSuper):
      "\(isSuper ? "super" : "self").init(\(list(arguments)))"
    case .assign(let place, let value): "\(text(place)) = \(text(value))"
    case .assignTuple(let places, let value):
      "(\(places.map { $0.map { text($0) } ?? "_" }.joined(separator: ", "))) = \(text(value))"
    case .discard(let value): "_ = \(text(value))"
    case .wrap(let value): "some(\(text(value)))"
    case .forceUnwrap(let value): "\(text(value))!"
    case .coalesce(let a, let b): "(\(text(a)) ?? \(text(b)))"
    case .optionalChain(let base, let bound, let rest):
      "(\(text(base)))?.{\(bound.name) in \(text(rest))}"
    case .optionalChainPlace(let base, let rest): "(\(text(base)))?.{\(text(rest))}"
    default: converted(e)
    }
  }

  private func text(_ call: Call) -> String {
    let receiver = call.receiver.map { text($0) + "." } ?? ""
    let owner = call.receiver == nil ? call.function.owner.map { "\($0.name)." } ?? "" : ""
    let types =
      call.typeArguments.isEmpty
      ? "" : "<\(call.typeArguments.map(\.description).joined(separator: ", "))>"
    let marks = (call.isDynamic ? "dynamic " : "") + (call.canThrow ? "throwing " : "")
    return "\(marks)\(receiver)\(owner)\(call.function.name)\(types)(\(list(call.arguments)))"
  }

  /// Conversions, casts and operators with control flow.
  private func converted(_ e: Expression) -> String {
    switch e.kind {
    case .upcast(let value): "upcast(\(text(value)), \(e.type))"
    case .toExistential(let value): "box(\(text(value)), \(e.type))"
    case .mapOptional(let value, _, let convert), .mapArray(let value, _, let convert):
      "convert(\(text(value)), \(text(convert)):\(e.type))"
    case .mapTuple(let value, _, let convert):
      "convert(\(text(value)), (\(list(convert))):\(e.type))"
    case .convertFunction(let value): "convert(\(text(value)), \(e.type))"
    case .isType(let value, let type): "(\(text(value)) is \(type))"
    case .castConditional(let value, let type): "(\(text(value)) as? \(type))"
    case .castForced(let value, let type): "(\(text(value)) as! \(type))"
    case .and(let a, let b): "(\(text(a)) && \(text(b)))"
    case .or(let a, let b): "(\(text(a)) || \(text(b)))"
    case .ternary(let a, let b, let c): "(\(text(a)) ? \(text(b)) : \(text(c)))"
    case .conditional(let branches, let otherwise):
      branches.map { "if \(text($0.conditions)) { \(text($0.value)) } else " }.joined()
        + "{ \(text(otherwise)) }"
    case .switchExpression(let subject, _, let cases):
      "switch \(text(subject)) { "
        + cases.map { "\($0.patterns.isEmpty ? "default" : text($0.patterns)): \(text($0.value))" }
        .joined(separator: "; ") + " }"
    case .tryMarker(let value): "try \(text(value))"
    case .tryOptional(let value): "try? \(text(value))"
    case .tryForced(let value): "try! \(text(value))"
    default: "invalid"
    }
  }

  // MARK: Places

  private func text(_ place: Place) -> String {
    switch place.kind {
    case .local(let variable): variable.name
    case .global(let variable): "global \(variable.name)"
    case .field(let base, let property): "\(text(base)).\(property.name)"
    case .objectField(let object, let property), .valueField(let object, let property):
      "\(text(object)).\(property.name)"
    case .tupleElement(let base, let index): "\(text(base)).\(index)"
    case .valueTupleElement(let value, let index): "\(text(value)).\(index)"
    case .element(let base, let index): "\(text(base))[\(text(index))]"
    case .valueElement(let value, let index): "\(text(value))[\(text(index))]"
    case .computed(let property, _, let receiver, let arguments):
      (receiver.map { text($0) + "." } ?? "") + property.name
        + (arguments.isEmpty ? "" : "[\(list(arguments))]")
    case .unwrapped(let base): "\(text(base))!"
    case .optionalPayload(let base): "payload(\(text(base)))"
    case .temporary(let value): "temporary(\(text(value)))"
    }
  }
}

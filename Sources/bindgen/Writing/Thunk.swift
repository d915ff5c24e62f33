/// The native function that stands for one declaration: the text of its closures.
struct Thunk {
  var call: String
  var setter: String?

  init(_ declaration: LibraryDeclaration, in catalog: Catalog, module: String?) throws {
    let writer = try ThunkWriter(declaration, in: catalog, module: module)
    call = try writer.call()
    setter = try declaration.isSettable ? writer.setter() : nil
  }
}

private struct ThunkWriter {
  let declaration: LibraryDeclaration
  let catalog: Catalog
  let module: String?
  let conversion: Conversion
  let owner: LibraryType?

  init(_ declaration: LibraryDeclaration, in catalog: Catalog, module: String?) throws {
    self.declaration = declaration
    self.catalog = catalog
    self.module = module
    owner = declaration.owner.flatMap { catalog.types[$0] }
    conversion = Conversion(
      catalog: catalog, generics: try genericUses(declaration, owner: owner, catalog))
  }

  private var isValueMember: Bool {
    owner?.kind != .class && declaration.owner != nil && !declaration.isStatic
  }

  /// The owner as the host names it.
  private func ownerName() throws -> String {
    let name = declaration.owner ?? ""
    let arguments = owner?.generics ?? []
    return try conversion.host(.named(name, arguments.map { .parameter($0.name) }))
  }

  /// An expression of the value that a member is called on, read first.
  private func receiver() throws -> String {
    let name = try ownerName()
    if owner?.kind == .protocol {
      // Called on a concrete type, the first generic argument is `Self`.
      return "(try input.types.isEmpty ? input.read\(name)() : input.read\(name)(input.types[0]))"
    }
    guard owner != nil || Conversion.standard.contains(name) else {
      throw Unbindable("a member of \(name)")
    }
    return declaration.isOpen ? "input.readReceiver(\(name).self)" : "input.read(\(name).self)"
  }

  /// What comes before the parentheses or brackets of the arguments.
  private func callee(_ receiver: String?) throws -> String {
    switch declaration.kind {
    case .initializer: return try ownerName()
    case .subscript: return try receiver ?? staticOwner()
    case .function, .property, .enumCase:
      if let receiver { return "\(receiver).\(declaration.name)" }
      if declaration.owner != nil { return "\(try staticOwner()).\(declaration.name)" }
      return (module.map { "\($0)." } ?? "") + declaration.name
    }
  }

  /// `extension P where Self == T` declares members of T that are found through P.
  private func staticOwner() throws -> String {
    guard owner?.kind == .protocol else { return try ownerName() }
    let words = declaration.requirements?.split(separator: " ").map(String.init) ?? []
    guard words.count == 3, words[0] == "Self", words[1] == "==" else {
      throw Unbindable("a static member of a protocol")
    }
    return words[2]
  }

  private func arguments() throws -> [String] {
    let hasTwin = catalog.arrayTwin(of: declaration) != nil
    return try declaration.parameters.map { parameter in
      let label =
        declaration.fixity == nil ? parameter.label.map { "\($0): " } ?? "" : ""
      let type =
        parameter.isVariadic
        ? .array(parameter.type) : (hasTwin ? parameter.type.pairs : nil) ?? parameter.type
      return label + (try conversion.read(type))
    }
  }

  /// The call expression, with the receiver as given.
  private func expression(_ receiver: String?) throws -> String {
    if let twin = declaration.parameters.firstIndex(where: \.isVariadic) {
      if catalog.arrayTwin(of: declaration) == nil {
        return try variadicExpression(receiver, at: twin)
      }
    }
    if declaration.fixity != nil { return try operatorExpression(arguments()) }
    let callee = try callee(receiver)
    let arguments = try arguments().joined(separator: ", ")
    switch declaration.kind {
    case .property: return callee
    case .enumCase: return declaration.parameters.isEmpty ? callee : "\(callee)(\(arguments))"
    case .subscript: return "\(callee)[\(arguments)]"
    case .function, .initializer: return "\(callee)(\(arguments))"
    }
  }

  private func operatorExpression(_ operands: [String]) throws -> String {
    switch declaration.fixity {
    case .prefix: "\(declaration.name)\(operands[0])"
    case .postfix: "\(operands[0])\(declaration.name)"
    default: "\(operands[0]) \(declaration.name) \(operands[1])"
    }
  }

  /// Swift has no way to pass an array for `T...`, so there is one call for each number of
  /// arguments. A setter assigns `newValue`, whose type is given.
  private func variadicExpression(
    _ receiver: String?, at index: Int, newValue: TypeReference? = nil
  ) throws -> String {
    let callee = try callee(receiver == nil ? nil : "receiver")
    var lines = receiver.map { ["let receiver = \($0)"] } ?? []
    for (i, parameter) in declaration.parameters.enumerated() {
      let type = i == index ? .array(parameter.type) : parameter.type
      lines.append("let a\(i) = \(tries)\(try conversion.read(type))")
    }
    if let newValue { lines.append("let newValue = \(try conversion.read(newValue))") }
    let isSubscript = declaration.kind == .subscript
    lines.append("switch a\(index).count {")
    for count in (isSubscript ? 1 : 0)...8 {
      var arguments: [String] = []
      for (i, parameter) in declaration.parameters.enumerated() {
        let label = parameter.label.map { "\($0): " } ?? ""
        let items = i == index ? (0..<count).map { "a\(i)[\($0)]" } : ["a\(i)"]
        if !items.isEmpty { arguments.append(label + items.joined(separator: ", ")) }
      }
      let list = arguments.joined(separator: ", ")
      let part = "\(callee)\(isSubscript ? "[\(list)]" : "(\(list))")"
      lines.append("case \(count): \(newValue == nil ? "return \(part)" : "\(part) = newValue")")
    }
    lines.append("default: throw Trap(\"expected up to 8 arguments, got \\(a\(index).count)\")")
    lines.append("}")
    return "\n" + lines.map { "      \($0)\n" }.joined() + "    "
  }

  // MARK: The two closures

  /// Reading an `any P` throws when the type of the value does not conform after all.
  private var tries: String {
    let types = declaration.parameters.map(\.type)
    let readsExistential = types.contains { type in
      type.contains { if case .existential = $0 { true } else { false } }
    }
    return declaration.effects != .none || readsExistential ? "try " : ""
  }

  func call() throws -> String {
    let takesSelf =
      declaration.owner != nil && !declaration.isStatic
      && declaration.kind != .initializer && declaration.kind != .enumCase
    guard declaration.parameters.allSatisfy({ !$0.isAutoclosure }) else {
      throw Unbindable("an autoclosure parameter")
    }
    if owner?.kind == .protocol && !declaration.generics.isEmpty {
      throw Unbindable("a generic member of a protocol")
    }
    let tries = tries
    let inouts = declaration.parameters.indices.filter { declaration.parameters[$0].isInout }
    if declaration.isMutating && takesSelf {
      guard inouts.isEmpty else { throw Unbindable("two inout parameters") }
      let body = "{ value, input in \(tries)\(try expression("value")) }"
      return try conversion.run(declaration.result, body, mutating: ownerName())
    }
    if !inouts.isEmpty { return try inoutCall(inouts, takesSelf, tries) }
    let expression = try expression(takesSelf ? receiver() : nil)
    // Of declarations that differ in their results only, the type says which one is called.
    let result =
      catalog.isOverloadedByResult(declaration)
      ? " -> \(try conversion.host(declaration.result))" : ""
    return try conversion.run(
      declaration.result,
      expression.hasPrefix("\n")
        ? "{ input\(result) in\(expression)}" : "{ input\(result) in \(tries)\(expression) }")
  }

  private func inoutCall(_ inouts: [Int], _ takesSelf: Bool, _ tries: String) throws -> String {
    guard inouts == [0], !takesSelf, conversion.isPlain(declaration.parameters[0].type) else {
      throw Unbindable("an inout parameter that does not come first")
    }
    let isOperator = declaration.fixity != nil
    var arguments = try declaration.parameters.dropFirst().map { parameter in
      (isOperator ? "" : parameter.label.map { "\($0): " } ?? "")
        + (try conversion.read(parameter.type))
    }
    let first =
      isOperator ? "value" : (declaration.parameters[0].label.map { "\($0): " } ?? "") + "&value"
    arguments.insert(first, at: 0)
    let expression =
      isOperator
      ? try operatorExpression(arguments)
      : "\(try callee(nil))(\(arguments.joined(separator: ", ")))"
    return try conversion.run(
      declaration.result, "{ value, input in \(tries)\(expression) }",
      mutating: conversion.host(declaration.parameters[0].type))
  }

  func setter() throws -> String {
    let indices = try declaration.parameters.indices.map { i in
      (name: "i\(i)", read: try conversion.read(declaration.parameters[i].type))
    }
    let lets = indices.map { "let \($0.name) = \($0.read)" }
    let list = zip(declaration.parameters, indices).map {
      ($0.label.map { "\($0): " } ?? "") + $1.name
    }.joined(separator: ", ")
    let target = declaration.kind == .subscript ? "[\(list)]" : ".\(declaration.name)"
    let value = try conversion.read(declaration.result)
    if let index = declaration.parameters.firstIndex(where: \.isVariadic) {
      guard !isValueMember, !declaration.isStatic else {
        throw Unbindable("a variadic subscript of a value that can be set")
      }
      let body = try variadicExpression(receiver(), at: index, newValue: declaration.result)
      return "try call.perform { input in\(body)}"
    }
    if declaration.isStatic || declaration.owner == nil {
      let name = try callee(nil)
      return "try call.perform { input in \(name) = \(tries)\(value) }"
    }
    if isValueMember {
      let statements = lets + ["value\(target) = \(value)"]
      return "try call.mutate(\(try ownerName()).self) "
        + "{ value, input in \(statements.joined(separator: "; ")) }"
    }
    let statements = ["let receiver = \(try receiver())"] + lets + ["receiver\(target) = \(value)"]
    return "try call.perform { input in \(statements.joined(separator: "; ")) }"
  }
}

/// What the generic parameters of a declaration stand for, the owner's first.
func genericUses(
  _ declaration: LibraryDeclaration, owner: LibraryType?, _ catalog: Catalog
) throws -> [String: Conversion.Generic] {
  var uses: [String: Conversion.Generic] = [:]
  let values: Set<String> = ["Equatable", "Hashable", "Comparable", "Sendable", "Any"]
  for (index, parameter) in ((owner?.generics ?? []) + declaration.generics).enumerated() {
    if parameter.constraints.allSatisfy(values.contains) {
      uses[parameter.name] = .value(index: index)
    } else if parameter.constraints.count == 1,
      let type = catalog.types[parameter.constraints[0]]
    {
      uses[parameter.name] =
        type.kind == .class ? .instance(type.name) : .conforming(type.name, index: index)
    } else {
      throw Unbindable(
        "the constraint \(parameter.name): \(parameter.constraints.joined(separator: " & "))")
    }
  }
  return uses
}

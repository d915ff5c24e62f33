extension Library {
  /// A type by name, made when it is first asked for. Its `module` is what `import` must name.
  public func nominal(_ name: String) -> NominalDeclaration? {
    if let known = nominals[name] { return known }
    guard let (native, module) = typeTable[name] else { return nil }
    declareLateMembers(of: name)
    let declaration = NominalDeclaration(name, native.kind, module: module)
    // Known by name before anything is decoded: its own members and element may mention it.
    nominals[name] = declaration
    declaration.native = native
    declaration.isFinal = !native.isOpen
    declaration.genericParameters = native.generics.map(genericParameter)
    let scope = SignatureDecoder.Scope.member(of: declaration)
    declaration.superclass = native.superclass.flatMap { decodeType($0, in: scope) }
    declaration.elementType = native.element.flatMap { decodeType($0, in: scope) }
    addConformances(to: declaration, native.protocols, nil)
    for added in conformanceTable[name] ?? [] {
      addConformances(to: declaration, added.protocols, added.requirements)
    }
    if native.kind == .enum { addCases(to: declaration, scope) }
    return declaration
  }

  private func addConformances(
    to declaration: NominalDeclaration, _ protocols: [String], _ condition: String?
  ) {
    for name in protocols {
      guard let declared = protocolDeclaration(name) else {
        problems.append("type '\(declaration.name)': unknown protocol '\(name)'")
        continue
      }
      declaration.protocols.formUnion(declared.closure)
      guard let condition else { continue }
      do {
        declaration.conditions[declared] = try SignatureDecoder.decodeRequirements(
          condition, in: .member(of: declaration), library: self)
      } catch {
        problems.append("type '\(declaration.name)': \(error)")
      }
    }
  }

  public func protocolDeclaration(_ name: String) -> ProtocolDeclaration? {
    if let known = protocolDeclarations[name] { return known }
    guard let (native, module) = protocolTable[name] else { return nil }
    let declaration = ProtocolDeclaration(name, module: module)
    protocolDeclarations[name] = declaration
    for refined in native.refines {
      guard let refined = protocolDeclaration(refined) else {
        problems.append("protocol '\(name)': unknown protocol '\(refined)'")
        continue
      }
      declaration.refines.append(refined)
    }
    return declaration
  }

  /// `T?`
  func optional(_ type: Type) throws -> Type { .nominal(try required("Optional"), [type]) }

  func required(_ name: String) throws -> NominalDeclaration {
    guard let declaration = nominal(name) else { throw SignatureError("unknown type '\(name)'") }
    return declaration
  }

  /// `Bound` or `Bound: Comparable`.
  private func genericParameter(_ text: String) -> GenericParameter {
    guard let colon = text.firstIndex(of: ":") else { return GenericParameter(text) }
    let constraints = text[text.index(after: colon)...].split(separator: "&").map {
      String($0.filter { $0 != " " })
    }
    return GenericParameter(
      String(text[..<colon]), constraints: constraints.compactMap(protocolDeclaration))
  }

  private func decodeType(_ text: String, in scope: SignatureDecoder.Scope) -> Type? {
    do {
      return try SignatureDecoder.decodeType(text, in: scope, library: self)
    } catch {
      problems.append("type '\(text)': \(error)")
      return nil
    }
  }

  /// Cases in the order of their declaration, which is that of their tags.
  private func addCases(to declaration: NominalDeclaration, _ scope: SignatureDecoder.Scope) {
    let indices = members(ofOwner: declaration.name).values.joined().filter {
      self[$0].signature.hasPrefix("case ")
    }
    for index in indices.sorted(by: { $0.declaration < $1.declaration }) {
      guard case .enumCase(let name, let payload, let constructor) = decode(index, in: scope)
      else { continue }
      let enumCase = EnumCase(
        name, tag: declaration.cases.count, payload: payload, owner: declaration)
      enumCase.constructor = constructor
      declaration.cases.append(enumCase)
    }
  }
}

extension ProtocolDeclaration {
  /// The protocol and all that it refines.
  var closure: Set<ProtocolDeclaration> {
    refines.reduce(into: [self]) { all, refined in all.formUnion(refined.closure) }
  }
}

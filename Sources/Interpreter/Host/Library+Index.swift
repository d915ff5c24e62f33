extension Library {
  /// Enters everything that a module declares.
  ///
  /// Of a member only the owner is looked at: names are read when the owner is first asked for. All
  /// operators are read, because any type may declare one.
  func enter(_ module: NativeModule, at position: Int) {
    if moduleTable[module.name] == nil { moduleTable[module.name] = module }
    for type in module.types { enter(type, module.name) }
    for native in module.protocols { protocolTable[native.name] = (native, module.name) }
    for conformance in module.conformances {
      conformanceTable[conformance.type, default: []].append(conformance)
    }
    for (type, declare) in module.lateMembers {
      lateMembers[type, default: []].append((module.name, declare))
    }
    for (d, declaration) in module.declarations.enumerated() {
      enter(declaration, DeclarationIndex(module: Int32(position), declaration: Int32(d)))
    }
  }

  private func enter(_ type: NativeType, _ module: String) {
    typeTable[type.name] = (type, module)
    if let dot = type.name.lastIndex(of: ".") {
      let name = String(type.name[type.name.index(after: dot)...])
      nestedTypes[String(type.name[..<dot]), default: [:]][name] = type.name
    }
  }

  private func enter(_ declaration: NativeDeclaration, _ index: DeclarationIndex) {
    if SignatureHead.isOperator(declaration.signature) {
      let name = SignatureHead.name(of: declaration.signature)
      operatorTable[name, default: []].append(index)
      operatorFunctions[name] = nil
    } else if let owner = declaration.owner {
      ownerTable[owner, default: []].append(index)
      memberTable[owner] = nil
    } else {
      moduleLevelTable[SignatureHead.name(of: declaration.signature), default: []].append(index)
    }
  }

  /// Declarations in a type or protocol, by name.
  func members(ofOwner owner: String) -> [String: [DeclarationIndex]] {
    if let known = memberTable[owner] { return known }
    var members: [String: [DeclarationIndex]] = [:]
    for index in ownerTable[owner] ?? [] {
      members[SignatureHead.name(of: self[index].signature), default: []].append(index)
    }
    memberTable[owner] = members
    return members
  }

  /// Has a type declare what it kept back until somebody asked for the type.
  func declareLateMembers(of type: String) {
    guard let late = lateMembers.removeValue(forKey: type) else { return }
    for (name, declare) in late {
      let module = NativeModule(name)
      declare(module)
      sources.append(module)
      enter(module, at: sources.count - 1)
    }
  }
}

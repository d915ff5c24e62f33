/// Writes, for each open class of the library, the subclass whose overridden members run guest
/// code.
struct GuestSubclass {
  let type: LibraryType
  let catalog: Catalog

  var name: String { "Guest\(type.name)" }

  /// Members that the library asks for what it cannot see: the guest's stored properties and the
  /// name of the guest's class. What they answer unless guest code overrides them.
  private static let hooks = [
    "namedChildren": "super.namedChildren + peer.namedChildren",
    "typeName": "peer.type.name",
  ]

  /// Open members of the class and its ancestors that nobody closed further down.
  private func members() -> [LibraryDeclaration] {
    var seen: Set<String> = []
    var result: [LibraryDeclaration] = []
    for ancestor in catalog.ancestors(of: type.name) {
      for member in catalog.members(of: ancestor.name) where !member.isStatic && !member.isPackage {
        guard member.kind != .initializer, seen.insert(member.fullName).inserted else { continue }
        if member.isOpen { result.append(member) }
      }
    }
    return result
  }

  /// Without an initializer to call there are no subclasses.
  var isPossible: Bool { !initializers().isEmpty }

  private func initializers() -> [LibraryDeclaration] {
    catalog.members(of: type.name).filter {
      $0.kind == .initializer && !$0.isConvenience && !$0.isPackage
    }
  }

  /// The class, with reasons for what guest code cannot override.
  func write() -> (text: String, unbound: [(LibraryDeclaration, String)]) {
    var unbound: [(LibraryDeclaration, String)] = []
    var parts: [String] = []
    for member in members() {
      do { parts.append(try override(member)) } catch {
        unbound.append((member, (error as? Unbindable)?.reason ?? "\(error)"))
      }
    }
    let makers = initializers().prefix(1).compactMap { try? initializer($0) }
    // The runtime does not say which initializer `super.init` names.
    unbound += initializers().dropFirst().map { ($0, "a second designated initializer") }
    let text = """
      /// The native part of an instance of a guest class that inherits from `\(type.name)`.
      final class \(name): \(type.name), GuestSubclass {
        let peer: GuestObject
        var callsSuper = false

      \((makers + parts).joined(separator: "\n\n"))
      }
      """
    return (text, unbound)
  }

  private func conversion(_ member: LibraryDeclaration) throws -> Conversion {
    guard type.generics.isEmpty, member.generics.isEmpty else {
      throw Unbindable("a generic member of an open class")
    }
    return Conversion(catalog: catalog, generics: [:])
  }

  private func initializer(_ member: LibraryDeclaration) throws -> String {
    let conversion = try conversion(member)
    let parameters = try member.parameters.map { parameter in
      var host = parameter
      let type = parameter.isVariadic ? TypeReference.array(parameter.type) : parameter.type
      let prefix = parameter.isEscaping ? "@escaping " : ""
      host.type = .other(prefix + (try conversion.host(type)))
      (host.isVariadic, host.defaultText) = (false, nil)
      return ", \(host.signature)"
    }.joined()
    let arguments = member.parameters.map { ($0.label.map { "\($0): " } ?? "") + $0.name }
    let effects = member.effects == .none ? "" : " throws"
    return """
        init(peer: GuestObject\(parameters))\(effects) {
          self.peer = peer
          \(member.effects == .none ? "" : "try ")super.init(\(arguments.joined(separator: ", ")))
        }
      """
  }

  private func override(_ member: LibraryDeclaration) throws -> String {
    let conversion = try conversion(member)
    if member.hasTypedThrows { throw Unbindable("it throws one type of error only") }
    var member = member
    for i in member.parameters.indices { member.parameters[i].name = "a\(i)" }
    let hook = Self.hooks[member.fullName]
    let writes = try member.parameters.flatMap {
      try conversion.write($0.isVariadic ? .array($0.type) : $0.type, $0.name, "output")
    }
    let layouts = try conversion.layouts(
      member.parameters.map { $0.isVariadic ? .array($0.type) : $0.type }, "self")
    let result = member.result
    let layout = try conversion.layout(result, "self")
    let read = result == .void ? "{ _ in }" : "{ input in \(try conversion.read(result)) }"
    let write = writes.isEmpty ? "{ _ in }" : "{ output in \(writes.joined(separator: "; ")) }"
    let isThrowing = member.effects == .throws
    let last = isThrowing ? "" : ", or: \(try conversion.placeholder(result, "self"))"
    let call =
      "\(isThrowing ? "try " : "")override(\n        \"\(member.fullName)\", "
      + "[\(layouts)], \(layout),\n        \(write), \(read)\(last))"
    let names = member.parameters.map { ($0.label.map { "\($0): " } ?? "") + $0.name }
    let inherited: String
    let head: String
    switch member.kind {
    case .property:
      inherited = "super.\(member.name)"
      head = "var \(member.name): \(try conversion.host(result))"
    case .subscript: throw Unbindable("an open subscript")
    default:
      inherited =
        "\(isThrowing ? "try " : "")super.\(member.name)(\(names.joined(separator: ", ")))"
      let parameters = try member.parameters.map {
        var host = $0
        host.type = .other(try conversion.host($0.type))
        host.defaultText = nil
        return host.signature
      }
      head =
        "func \(member.name)(\(parameters.joined(separator: ", ")))"
        + (isThrowing ? " throws" : "")
        + (result == .void ? "" : " -> \(try conversion.host(result))")
    }
    let body = """
          \(call) ?? (\(hook ?? inherited))
      """
    if member.isSettable, member.kind == .property {
      let newValue = try conversion.write(result, "newValue", "output").joined(separator: "; ")
      return """
          override \(head) {
            get {
          \(body)
            }
            set {
              override(
                "set \(member.fullName)", [\(layout)], Slots.layout([]),
                { output in \(newValue) },
                { _ in }, or: ()) ?? (super.\(member.name) = newValue)
            }
          }
        """
    }
    return """
        override \(head) {
      \(body)
        }
      """
  }

  /// The statements that tell the runtime how to make and to recognise such instances.
  func registration() -> [String] {
    var lines = [
      "type.peer = { Swift.type(of: $0) == \(name).self "
        + "? unsafeDowncast($0, to: \(name).self).peer : nil }"
    ]
    for member in initializers().prefix(1) {
      guard let conversion = try? conversion(member) else { continue }
      let arguments = try? member.parameters.map {
        ($0.label.map { "\($0): " } ?? "")
          + (try conversion.read($0.isVariadic ? .array($0.type) : $0.type))
      }
      guard let arguments else { continue }
      let list = (["peer: peer"] + arguments).joined(separator: ", ")
      let tries = member.effects == .none ? "" : "try "
      lines.append(
        "type.makeSubclassInstance = { peer, call in "
          + "try call.make { input in \(tries)\(name)(\(list)) } }")
    }
    return lines
  }
}

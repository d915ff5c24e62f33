/// Everything that native modules declare, by name.
///
/// Making a library only enters names in tables. Types are made and signatures decoded when they are
/// first asked for, and kept: asking again gives the same objects. What cannot be decoded is left out
/// and noted in `problems`; `decodeEverything()` is for the test that there are none.
public final class Library {
  public let modules: [NativeModule]
  /// Signatures that could not be decoded so far.
  public internal(set) var problems: [String] = []

  var moduleTable: [String: NativeModule] = [:]
  /// Types and protocols by name, with the module that declares them.
  var typeTable: [String: (type: NativeType, module: String)] = [:]
  var protocolTable: [String: (native: NativeProtocol, module: String)] = [:]
  /// Conformances declared apart from their types, by type.
  var conformanceTable: [String: [NativeConformance]] = [:]
  /// Where declarations stand: `modules`, then what types declared late.
  var sources: [NativeModule]
  /// What types declare when they are first asked for, by type.
  var lateMembers: [String: [(module: String, declare: (NativeModule) -> Void)]] = [:]
  /// Declarations in every type and protocol, by owner.
  var ownerTable: [String: [DeclarationIndex]] = [:]
  /// The same by name, for the owners that have been asked for.
  var memberTable: [String: [String: [DeclarationIndex]]] = [:]
  /// Functions, variables and aliases at module level.
  var moduleLevelTable: [String: [DeclarationIndex]] = [:]
  /// Operators wherever they are declared.
  var operatorTable: [String: [DeclarationIndex]] = [:]
  /// Types declared inside others: `Index` of `String`.
  var nestedTypes: [String: [String: String]] = [:]

  // What has been decoded.
  var nominals: [String: NominalDeclaration] = [:]
  var protocolDeclarations: [String: ProtocolDeclaration] = [:]
  var moduleLevel: [String: [SignatureDecoder.Declared]] = [:]
  var operatorFunctions: [String: [FunctionDeclaration]] = [:]
  var moduleOfFunction: [ObjectIdentifier: String] = [:]

  /// Where a declaration stands in `sources`.
  struct DeclarationIndex: Hashable {
    var module: Int32
    var declaration: Int32
  }

  public init(modules: [NativeModule]) {
    self.modules = modules
    sources = modules
    for (m, module) in modules.enumerated() { enter(module, at: m) }
  }

  // MARK: Modules

  /// The modules that `import name` makes visible (itself and what it re-exports); nil if there is
  /// no such module.
  public func modules(importedBy name: String) -> [String]? {
    guard moduleTable[name] != nil else { return nil }
    var visible = [name]
    var i = 0
    while i < visible.count {
      for next in moduleTable[visible[i]]?.reexports ?? [] where !visible.contains(next) {
        visible.append(next)
      }
      i += 1
    }
    return visible
  }

  /// Source text of operator declarations of all modules.
  public var operatorDeclarations: [String] { modules.flatMap(\.operators) }

  // MARK: Names at module level

  /// Functions at module level: `print`, `cat`. Check `module(of:)` for visibility.
  public func functions(_ name: String) -> [FunctionDeclaration] {
    moduleLevelDeclarations(name).compactMap {
      if case .function(let function) = $0 { function } else { nil }
    }
  }

  /// A variable at module level.
  public func variable(_ name: String) -> ComputedProperty? {
    for case .property(let property) in moduleLevelDeclarations(name) { return property }
    return nil
  }

  /// A type alias at module level.
  public func alias(_ name: String) -> Type? {
    for case .alias(_, let type) in moduleLevelDeclarations(name) { return type }
    return nil
  }

  private func moduleLevelDeclarations(_ name: String) -> [SignatureDecoder.Declared] {
    if let known = moduleLevel[name] { return known }
    let decoded = (moduleLevelTable[name] ?? []).compactMap { decode($0, in: .moduleLevel) }
    moduleLevel[name] = decoded
    return decoded
  }

  /// All functions that implement an operator, of whatever type or module.
  public func operators(_ name: String) -> [FunctionDeclaration] {
    if let known = operatorFunctions[name] { return known }
    var functions: [FunctionDeclaration] = []
    for index in operatorTable[name] ?? [] {
      var scope = SignatureDecoder.Scope.moduleLevel
      if let owner = self[index].owner {
        guard let declaration = nominal(owner) else {
          problems.append("\(self[index].signature): unknown type '\(owner)'")
          continue
        }
        scope = .member(of: declaration)
      }
      if case .function(let function) = decode(index, in: scope) { functions.append(function) }
    }
    operatorFunctions[name] = functions
    return functions
  }

  /// All names at module level, for "did you mean".
  public var names: [String] {
    Array(moduleLevelTable.keys) + Array(typeTable.keys) + Array(protocolTable.keys)
  }

  /// The module of a function or variable at module level or of an operator.
  public func module(of function: FunctionDeclaration) -> String? {
    moduleOfFunction[ObjectIdentifier(function)]
  }

  // MARK: Decoding

  subscript(index: DeclarationIndex) -> NativeDeclaration {
    sources[Int(index.module)].declarations[Int(index.declaration)]
  }

  /// Decodes a declaration; notes a problem and gives nil if that fails.
  func decode(
    _ index: DeclarationIndex, in scope: SignatureDecoder.Scope
  ) -> SignatureDecoder.Declared? {
    do {
      let declared = try SignatureDecoder.decode(self[index], in: scope, library: self)
      let module = sources[Int(index.module)].name
      switch declared {
      case .function(let function): moduleOfFunction[ObjectIdentifier(function)] = module
      case .property(let property):
        moduleOfFunction[ObjectIdentifier(property.getter)] = module
        if let setter = property.setter { moduleOfFunction[ObjectIdentifier(setter)] = module }
      case .enumCase, .alias: break
      }
      return declared
    } catch {
      problems.append("\(error)")
      return nil
    }
  }

  /// Decodes all there is, and returns what went wrong.
  public func decodeEverything() -> [String] {
    // Types first: some declare members and operators only now.
    for name in typeTable.keys {
      guard let type = nominal(name) else { continue }
      for member in memberNames(of: type) { _ = members(of: type, named: member) }
    }
    for name in moduleLevelTable.keys { _ = moduleLevelDeclarations(name) }
    for name in operatorTable.keys { _ = operators(name) }
    for name in protocolTable.keys { _ = protocolDeclaration(name) }
    for owner in ownerTable.keys where typeTable[owner] == nil && protocolTable[owner] == nil {
      problems.append("members of unknown type '\(owner)'")
    }
    return problems
  }
}

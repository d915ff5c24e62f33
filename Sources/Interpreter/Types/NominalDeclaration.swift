/// A struct, enum or class: of the standard library, of a bound module, or of guest code.
public final class NominalDeclaration: Hashable {
  public enum Kind: String { case `struct`, `enum`, `class` }

  public let name: String
  public let kind: Kind
  /// The module it belongs to: `Swift`, `Tensors`, or the guest's own.
  public let module: String
  public var genericParameters: [GenericParameter] = []
  /// The superclass, with its arguments.
  public var superclass: Type?
  /// Protocols named in the declaration and its extensions, unconditionally or (for the standard
  /// library's generic types) on condition that all generic arguments conform too.
  public var protocols: Set<ProtocolDeclaration> = []
  /// What some conformances ask of the generic arguments: `Range` is an index when `Bound == Int`.
  public var conditions: [ProtocolDeclaration: [GenericRequirement]] = [:]
  /// For a type that is a `Sequence`: what iteration yields, in terms of `genericParameters`.
  public var elementType: Type?

  /// Stored instance properties in order of declaration, without inherited ones.
  public var storedProperties: [StoredProperty] = []
  /// Cases in order of declaration.
  public var cases: [EnumCase] = []
  public var rawType: Type?

  /// Everything else that can follow a dot, by base name; `init` and `subscript` are names too.
  /// Natives are decoded into it on first use (see `NativeModule`).
  public var members: [String: [Member]] = [:]

  /// Set for types that native code implements.
  public var native: NativeType?
  public var isFinal = false
  /// Guest classes: the function that `deinit` declares.
  public var deinitializer: FunctionDeclaration?
  /// Where guest code declares it.
  public var location: SourceLocation?

  public init(_ name: String, _ kind: Kind, module: String) {
    self.name = name
    self.kind = kind
    self.module = module
  }

  public static func == (a: NominalDeclaration, b: NominalDeclaration) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  /// Whether the generic arguments are what the conformance to a protocol asks for.
  func meetsConditions(of wanted: ProtocolDeclaration, _ arguments: [Type]) -> Bool {
    guard let conditions = conditions[wanted] else { return true }
    let map = Dictionary(zip(genericParameters, arguments), uniquingKeysWith: { a, _ in a })
    return conditions.allSatisfy { condition in
      guard case .same(let type, let wanted) = condition else { return true }
      let found = type.substituting(map)
      return found == wanted || found.hasHoles
    }
  }

  /// The declared type in terms of its own generic parameters: `Array<Element>`.
  public var declaredType: Type { .nominal(self, genericParameters.map { .parameter($0) }) }
}

/// A stored property of a struct or class.
public final class StoredProperty {
  public let name: String
  public var type: Type
  public let isMutable: Bool
  public unowned let owner: NominalDeclaration
  /// The initial value from the declaration, if it has one.
  public var initialValue: Expression?
  public var location: SourceLocation?
  /// `willSet` and `didSet`, if declared.
  public var willSet: FunctionDeclaration?
  public var didSet: FunctionDeclaration?

  public init(_ name: String, _ type: Type, isMutable: Bool, owner: NominalDeclaration) {
    self.name = name
    self.type = type
    self.isMutable = isMutable
    self.owner = owner
  }
}

/// A case of an enum; its tag is its position.
public final class EnumCase {
  public let name: String
  public let tag: Int
  public var payload: [Type.TupleElement]
  public unowned let owner: NominalDeclaration
  /// The raw value, for an enum with a raw type: a literal expression of that type.
  public var rawValue: Expression?
  /// For an enum of native code, whose values have no tag in slots: makes a value of this case.
  public var constructor: FunctionDeclaration?

  public init(_ name: String, tag: Int, payload: [Type.TupleElement], owner: NominalDeclaration) {
    self.name = name
    self.tag = tag
    self.payload = payload
    self.owner = owner
  }
}

/// What a name after a dot can mean, besides stored properties and enum cases.
public enum Member {
  case function(FunctionDeclaration)  // methods, initializers (`init`), operators
  case property(ComputedProperty)  // computed properties; subscripts have parameters
  case staticVariable(GlobalVariable)  // stored static properties
  case type(Type)  // nested types and type aliases
}

/// A protocol. Guest code cannot declare one yet; natives can.
public final class ProtocolDeclaration: Hashable {
  public let name: String
  public let module: String
  /// Protocols it refines.
  public var refines: [ProtocolDeclaration] = []
  /// Members of its extensions, by name: `.all` of an index protocol.
  public var members: [String: [Member]] = [:]

  public init(_ name: String, module: String) {
    self.name = name
    self.module = module
  }

  public static func == (a: ProtocolDeclaration, b: ProtocolDeclaration) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What a module of native code offers to guest code: types, protocols, operators, declarations.
///
/// The neural-network library's tables are generated (`bindgen`) from its sources; the standard
/// library's are written by hand, each signature beside its implementation (`Runtime/Library`).
/// Signatures are kept as Swift text and decoded when a name is first looked up, so that a large
/// library costs nothing at start-up.
public final class NativeModule {
  /// The name that `import` gives.
  public let name: String
  /// Modules that become visible with it (`@_exported import`).
  public var reexports: [String] = []
  public private(set) var types: [NativeType] = []
  public private(set) var protocols: [NativeProtocol] = []
  public private(set) var declarations: [NativeDeclaration] = []
  public private(set) var lateMembers: [(type: String, declare: (NativeModule) -> Void)] = []
  /// Conformances declared apart from the type: `extension Int: TensorIndexing`.
  public private(set) var conformances: [NativeConformance] = []
  /// Swift text of operator and precedence group declarations.
  public private(set) var operators: [String] = []

  public init(_ name: String) { self.name = name }

  @discardableResult
  public func type(
    _ name: String, _ kind: NominalDeclaration.Kind, generics: [String] = [],
    superclass: String? = nil, protocols: [String] = [], element: String? = nil,
    isOpen: Bool = false, documentation: String? = nil
  ) -> NativeType {
    let type = NativeType(
      name, kind, generics: generics, superclass: superclass, protocols: protocols,
      element: element, isOpen: isOpen, documentation: documentation)
    types.append(type)
    return type
  }

  public func `protocol`(_ name: String, refines: [String] = []) {
    protocols.append(NativeProtocol(name: name, refines: refines))
  }

  /// Declares that a type, of this or an imported module, conforms to protocols.
  ///
  /// - Parameter requirements: the `where` clause, as Swift text: `Bound == Int`.
  public func conformance(
    of type: String, to protocols: [String], where requirements: String? = nil
  ) {
    conformances.append(
      NativeConformance(type: type, protocols: protocols, requirements: requirements))
  }

  public func `operator`(_ declaration: String) { operators.append(declaration) }

  /// Declares members and operators of a type when the type is first asked for: for types that most
  /// programs never mention. The function gets a module of the same name to declare them in.
  public func members(of type: String, _ declare: @escaping (NativeModule) -> Void) {
    lateMembers.append((type, declare))
  }

  /// Declares a function, or a member when `owner` is given.
  ///
  /// - Parameters:
  ///   - signature: a Swift declaration without its body:
  ///     `func max(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor)`,
  ///     `var shape: [Int] { get }`, `init(_ values: [Int])`, `static func + (a: T, b: T) -> T`,
  ///     `subscript(_ i: Int) -> Element { get set }`, `case float32`.
  ///   - owner: name of a type or protocol of this or an imported module. An instance member of a
  ///     protocol becomes one of each native type that conforms to it; its generic parameters are
  ///     then `Self`, `Element` for sequences, and the function's own.
  ///   - call: the function, the getter, or nil for an intrinsic.
  public func declare(
    _ signature: String, in owner: String? = nil, documentation: String? = nil,
    intrinsic: Intrinsic? = nil, _ call: NativeFunction? = nil
  ) {
    declarations.append(
      NativeDeclaration(
        signature: signature, owner: owner, documentation: documentation, intrinsic: intrinsic,
        call: call))
  }

  /// Declares a property or subscript that can be set.
  ///
  /// The setter takes the subscript's arguments, then the new value. (Two functions, because a single
  /// trailing closure would go to the last of two parameters.)
  public func declare(
    _ signature: String, in owner: String? = nil, documentation: String? = nil,
    _ call: @escaping NativeFunction, set setter: @escaping NativeFunction
  ) {
    declarations.append(
      NativeDeclaration(
        signature: signature, owner: owner, documentation: documentation, call: call,
        setter: setter))
  }
}

/// A native function: reads its arguments from slots and leaves its result there.
///
/// It may throw a `GuestError` (a Swift error value that guest code can catch, when the declaration
/// `throws`) or a `Trap` (anything else that goes wrong).
public typealias NativeFunction = (inout NativeCall) throws -> Void

public struct NativeDeclaration {
  public var signature: String
  public var owner: String?
  public var documentation: String?
  public var intrinsic: Intrinsic?
  public var call: NativeFunction?
  public var setter: NativeFunction?
}

public struct NativeProtocol {
  public var name: String
  public var refines: [String]
}

public struct NativeConformance {
  public var type: String
  public var protocols: [String]
  public var requirements: String?
}

/// A type that native code implements.
public final class NativeType {
  public let name: String
  public let kind: NominalDeclaration.Kind
  public let generics: [String]
  public let superclass: String?
  public let protocols: [String]
  /// For sequences, the type of what iteration yields, as Swift text.
  public let element: String?
  /// Guest classes may inherit from it.
  public let isOpen: Bool
  public let documentation: String?

  // What the runtime needs to know about values of the type. All of it is optional: a class or boxed
  // struct without a description prints its type's name.

  /// How many slots a value takes and which of them hold references; nil for the usual: one
  /// reference (the object itself for a class, a `NativeBox` for a struct or enum).
  public var layout: Layout?
  /// The host's type, to recognise thrown errors and existential values.
  public var hostType: Any.Type?
  /// The text that `print` shows.
  public var describe: ((UnsafePointer<Slot>) -> String)?
  public var equals: ((UnsafePointer<Slot>, UnsafePointer<Slot>) -> Bool)?
  public var less: ((UnsafePointer<Slot>, UnsafePointer<Slot>) -> Bool)?
  public var hash: ((UnsafePointer<Slot>, inout Hasher) -> Void)?
  /// Makes an iterator over the sequence in the slots.
  public var makeIterator: ((inout NativeCall) throws -> GuestIterator)?
  /// For a class that guest classes may inherit from: makes the native part of an instance. The
  /// peer holds the guest's stored properties and answers calls of overridden members.
  public var makeSubclassInstance: ((GuestObject, inout NativeCall) throws -> AnyObject)?
  /// Finds the peer of an instance made by `makeSubclassInstance`; nil for other instances.
  public var peer: ((AnyObject) -> GuestObject?)?

  init(
    _ name: String, _ kind: NominalDeclaration.Kind, generics: [String], superclass: String?,
    protocols: [String], element: String?, isOpen: Bool, documentation: String?
  ) {
    self.name = name
    self.kind = kind
    self.generics = generics
    self.superclass = superclass
    self.protocols = protocols
    self.element = element
    self.isOpen = isOpen
    self.documentation = documentation
  }
}

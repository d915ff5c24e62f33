/// Something that can be called, with what is known about it at the place of the call.
struct Callee {
  enum Kind {
    case function
    case enumCase(EnumCase)
    /// A value of function type.
    case value(Expression)
    case localFunction(LocalVariable)
    /// `self.init`, `super.init` in an initializer of a class.
    case delegate(isSuper: Bool)
    /// `self.init` in an initializer of a value type.
    case assignSelf(LocalVariable)
  }

  var function: FunctionDeclaration
  var kind: Kind = .function
  /// What the owner's generic parameters stand for, as far as that is known.
  var substitution: [GenericParameter: Type] = [:]
  /// Generic parameters of the owner that the call has to find: of `Array(repeating: 0, count: 3)`.
  var openParameters: [GenericParameter] = []
  /// The value that a method is called on.
  var receiver: Expression?
  /// The type that declares the member, seen from the receiver.
  var owner: Type?
  var isSuper = false
  /// Extra cost, so that the guest's own functions win over the library's.
  var rank = 0

  init(_ function: FunctionDeclaration) { self.function = function }

  var isInitializer: Bool { function.name == "init" }
}

/// What a name or a member means before one knows what is done with it.
enum Meaning {
  case value(Expression)
  case callees([Callee])
  case type(Type)
  case invalid
  case notFound
}

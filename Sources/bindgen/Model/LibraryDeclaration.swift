/// A public function, initializer, property, subscript or enum case of the library.
struct LibraryDeclaration {
  enum Kind { case function, initializer, property, `subscript`, enumCase }
  enum Effects { case none, `throws`, `rethrows` }
  enum Fixity: String { case infix, prefix, postfix }

  var kind: Kind
  /// `init` and `subscript` are names, too.
  var name: String
  /// The type or protocol it is a member of.
  var owner: String?
  var isStatic = false
  var isMutating = false
  /// Guest subclasses may override it.
  var isOpen = false
  /// Replaces an inherited member, which is bound already.
  var isOverride = false
  var isFailable = false
  var isConvenience = false
  var isDiscardable = false
  /// `@_disfavoredOverload`
  var isDisfavored = false
  /// The setter is public.
  var isSettable = false
  /// Only other modules of this package can see it: never bound, but a thunk may call it.
  var isPackage = false
  /// Of an operator.
  var fixity: Fixity?
  var effects = Effects.none
  /// `throws(TensorError)`; guest code sees plain `throws`.
  var hasTypedThrows = false
  var generics: [GenericParameter] = []
  /// The `where` clause of the declaration or of its extension.
  var requirements: String?
  var parameters: [Parameter] = []
  /// For an initializer the type it makes.
  var result = TypeReference.void
  var documentation: String?
  /// Where it stands: `Matmul.swift:12`.
  var place = ""

  struct Parameter {
    var label: String?
    var name: String
    var type: TypeReference
    var isInout = false
    var isVariadic = false
    var isAutoclosure = false
    var isEscaping = false
    var defaultText: String?
  }

  struct GenericParameter {
    var name: String
    var constraints: [String] = []
  }

  /// `init()`, which always makes a value.
  var isEmptyInitializer: Bool {
    kind == .initializer && !isFailable && effects == .none && requirements == nil
      && parameters.allSatisfy { $0.defaultText != nil }
  }

  /// The source file, by name.
  var file: String { String(place.prefix { $0 != ":" }) }

  /// `narrow(_:_:)`, the name under which guest classes override it.
  var fullName: String {
    let name = name.filter { $0 != "`" }
    if kind == .property { return name }
    return "\(name)(\(parameters.map { ($0.label ?? "_") + ":" }.joined()))"
  }
}

/// Decodes the Swift text of one native declaration.
///
/// A recursive descent over UTF-8 bytes. The subset is that of `NativeModule.declare`; SwiftParser
/// would read all of Swift, but a hundred times slower, and this runs whenever a program first uses a
/// name.
struct SignatureDecoder {
  var cursor: SignatureCursor
  let library: Library
  let scope: Scope
  /// Generic parameters of the function itself, by name.
  var ownGenerics: [GenericParameter] = []
  var requirements: [GenericRequirement] = []

  /// What names mean inside a declaration.
  struct Scope {
    var owner: NominalDeclaration?
    /// What `Self` is.
    var selfType: Type?
    /// What `Element` is, in a member of a protocol that sequences conform to.
    var elementType: Type?

    static let moduleLevel = Scope()

    static func member(of owner: NominalDeclaration) -> Scope {
      Scope(owner: owner, selfType: owner.declaredType)
    }
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, in scope: Scope, library: Library) {
    cursor = SignatureCursor(bytes)
    self.scope = scope
    self.library = library
  }

  /// A declaration, decoded.
  enum Declared {
    case function(FunctionDeclaration)
    case property(ComputedProperty)
    case enumCase(name: String, payload: [Type.TupleElement], constructor: FunctionDeclaration?)
    case alias(String, Type)
  }

  static func decode(
    _ declaration: NativeDeclaration, in scope: Scope, library: Library
  ) throws -> Declared {
    var signature = declaration.signature
    return try signature.withUTF8 { bytes in
      var decoder = SignatureDecoder(bytes, in: scope, library: library)
      do {
        return try decoder.declaration(declaration)
      } catch let problem as SignatureError {
        throw SignatureError(problem.message, in: declaration.signature)
      }
    }
  }

  /// A type on its own: a superclass, an element type.
  static func decodeType(_ text: String, in scope: Scope, library: Library) throws -> Type {
    var text = text
    return try text.withUTF8 { bytes in
      var decoder = SignatureDecoder(bytes, in: scope, library: library)
      let type = try decoder.type()
      try decoder.expectEnd()
      return type
    }
  }

  /// The `where` clause of a conformance, without the word: `Bound == Int`.
  static func decodeRequirements(
    _ text: String, in scope: Scope, library: Library
  ) throws -> [GenericRequirement] {
    var text = "where " + text
    return try text.withUTF8 { bytes in
      var decoder = SignatureDecoder(bytes, in: scope, library: library)
      try decoder.whereClause()
      try decoder.expectEnd()
      return decoder.requirements
    }
  }

  func failure(_ message: String) -> SignatureError { SignatureError(message) }

  mutating func expect(_ symbol: StaticString) throws {
    if !cursor.take(symbol) { throw failure("expected '\(symbol)' before '\(cursor.rest)'") }
  }

  mutating func expectEnd() throws {
    if cursor.peek() != 0 { throw failure("unexpected '\(cursor.rest)'") }
  }

  // MARK: Declarations

  private mutating func declaration(_ native: NativeDeclaration) throws -> Declared {
    guard let head = SignatureHead(&cursor) else { throw failure("not a declaration") }
    switch head.kind {
    case .function, .initializer: return .function(try function(head, native))
    case .subscript: return .property(try subscripted(head, native))
    case .variable: return .property(try variable(head, native))
    case .enumCase: return try enumCase(head, native)
    case .alias:
      try expect("=")
      let type = try type()
      try expectEnd()
      return .alias(head.name, type)
    }
  }

  private mutating func function(
    _ head: SignatureHead, _ native: NativeDeclaration
  ) throws -> FunctionDeclaration {
    var isFailable = false
    if head.kind == .initializer { isFailable = cursor.take("?") }
    try genericParameters()
    let parameters = try parameters(labelsDefaultToNames: true)
    let effects = try effects()
    var result = Type.void
    if head.kind == .initializer {
      guard let made = scope.selfType else { throw failure("initializer without a type") }
      result = isFailable ? try library.optional(made) : made
    } else if cursor.take("->") {
      result = try type()
    }
    try whereClause()
    try expectEnd()
    let function = make(head.name, head, parameters, result, native.call, native)
    function.effects = effects
    function.fixity = head.fixity
    return function
  }

  private mutating func subscripted(
    _ head: SignatureHead, _ native: NativeDeclaration
  ) throws -> ComputedProperty {
    try genericParameters()
    let parameters = try parameters(labelsDefaultToNames: false)
    try expect("->")
    let type = try type()
    return try property(head, parameters, type, native)
  }

  private mutating func variable(
    _ head: SignatureHead, _ native: NativeDeclaration
  ) throws -> ComputedProperty {
    try expect(":")
    let type = try type()
    return try property(head, [], type, native)
  }

  private mutating func property(
    _ head: SignatureHead, _ parameters: [ParameterDeclaration], _ type: Type,
    _ native: NativeDeclaration
  ) throws -> ComputedProperty {
    try whereClause()
    var isSettable = false
    var isNonmutating = head.isNonmutating
    var effects = FunctionDeclaration.Effects.none
    if cursor.take("{") {
      while !cursor.take("}") {
        switch cursor.word() {
        case "get": if cursor.takeWord("throws") { effects = .throws }
        case "set": isSettable = true
        case "mutating": break
        case "nonmutating": isNonmutating = true
        default: throw failure("expected 'get' or 'set' before '\(cursor.rest)'")
        }
      }
    }
    try expectEnd()
    let getter = make(head.name, head, parameters, type, native.call, native)
    getter.effects = effects
    let property = ComputedProperty(head.name, type, getter: getter)
    if isSettable {
      let value = ParameterDeclaration(label: nil, name: "newValue", type: type)
      let setter = make(head.name, head, parameters + [value], .void, native.setter, native)
      setter.isMutating = !head.isStatic && !isNonmutating && scope.owner?.kind != .class
      property.setter = setter
    }
    return property
  }

  private mutating func enumCase(
    _ head: SignatureHead, _ native: NativeDeclaration
  ) throws -> Declared {
    guard let owner = scope.selfType else { throw failure("case without an enum") }
    var parameters: [ParameterDeclaration] = []
    if cursor.peek() == UInt8(ascii: "(") {
      for element in try tupleElements() {
        parameters.append(
          ParameterDeclaration(
            label: element.label, name: element.label ?? "value", type: element.type))
      }
    }
    try expectEnd()
    var constructor: FunctionDeclaration?
    if native.call != nil {
      constructor = make(head.name, head, parameters, owner, native.call, native)
      constructor?.isStatic = true
    }
    return .enumCase(
      name: head.name, payload: parameters.map { Type.TupleElement($0.label, $0.type) },
      constructor: constructor)
  }

  private func make(
    _ name: String, _ head: SignatureHead, _ parameters: [ParameterDeclaration], _ result: Type,
    _ call: NativeFunction?, _ native: NativeDeclaration
  ) -> FunctionDeclaration {
    let implementation: FunctionDeclaration.Implementation =
      if let intrinsic = native.intrinsic {
        .intrinsic(intrinsic)
      } else if let call { .native(call) } else { .none }
    let function = FunctionDeclaration(
      name, parameters: parameters, result: result, owner: scope.owner,
      implementation: implementation)
    function.isStatic = head.isStatic
    function.isMutating = head.isMutating
    function.isOverridable = head.isOverridable
    function.isDiscardable = head.isDiscardable
    function.isDisfavored = head.isDisfavored
    function.genericParameters = ownGenerics
    function.requirements = requirements
    function.documentation = native.documentation
    return function
  }

  private mutating func effects() throws -> FunctionDeclaration.Effects {
    if cursor.takeWord("throws") {
      cursor.skipParentheses()
      return .throws
    }
    if cursor.takeWord("rethrows") { return .rethrows }
    if cursor.takeWord("async") { throw failure("'async' functions cannot be bound") }
    return .none
  }

  // MARK: Parameters

  /// - Parameter labelsDefaultToNames: false for subscripts, where a single name is no label.
  private mutating func parameters(labelsDefaultToNames: Bool) throws -> [ParameterDeclaration] {
    var parameters: [ParameterDeclaration] = []
    try expect("(")
    while !cursor.take(")") {
      if !parameters.isEmpty { try expect(",") }
      parameters.append(try parameter(labelsDefaultToNames))
    }
    return parameters
  }

  private mutating func parameter(_ labelsDefaultToNames: Bool) throws -> ParameterDeclaration {
    let first = cursor.word()
    let second = cursor.peek() == UInt8(ascii: ":") ? nil : cursor.word()
    try expect(":")
    var label: String? = first
    if first == "_" || (second == nil && !labelsDefaultToNames) { label = nil }
    let type = try parameterType()
    var defaultValue: ParameterDeclaration.DefaultValue?
    if cursor.take("=") { defaultValue = .text(cursor.expressionText()) }
    return ParameterDeclaration(
      label: label, name: second ?? first, type: type.type, isInout: type.isInout,
      isVariadic: type.isVariadic, isAutoclosure: type.isAutoclosure, defaultValue: defaultValue)
  }
}

/// A signature that cannot be decoded. A mistake in a table of declarations, never in guest code.
struct SignatureError: Error, CustomStringConvertible {
  var message: String
  /// The declaration's text.
  var signature: String

  init(_ message: String, in signature: String = "") {
    self.message = message
    self.signature = signature
  }

  var description: String { "\(signature): \(message)" }
}

/// A public type of the library.
struct LibraryType {
  enum Kind: String { case `struct`, `enum`, `class`, `protocol` }

  var name: String
  var kind: Kind
  /// The module that declares it.
  var module: String
  var generics: [LibraryDeclaration.GenericParameter] = []
  var superclass: String?
  /// Protocols named in the declaration and in unconditional extensions of its own module.
  var protocols: [String] = []
  /// What iteration yields, for a sequence.
  var element: TypeReference?
  /// Of an enum: `Int` or `String`.
  var rawType: String?
  /// Guest classes may inherit from it.
  var isOpen = false
  var documentation: String?
  /// The source file, by name.
  var file: String
}

/// `extension Range: TensorIndexing where Bound == Int`: a conformance of another module's type.
struct LibraryConformance {
  var type: String
  var protocols: [String]
  var requirements: String?
}

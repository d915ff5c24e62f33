/// What one module of the library offers, in order of its source files.
struct LibraryModule {
  var name: String
  /// Modules whose public names are visible with this one (`@_exported import`).
  var reexports: [String] = []
  var types: [LibraryType] = []
  var declarations: [LibraryDeclaration] = []
  var conformances: [LibraryConformance] = []
  var aliases: [String: TypeReference] = [:]
  /// Operator and precedence group declarations, as they are written.
  var operators: [String] = []
  /// Public types inside other types, which guest code has no names for yet.
  var nested: [Nested] = []
  /// `typealias Element` of sequences, by type.
  var elements: [String: TypeReference] = [:]

  struct Nested {
    var name: String
    var place: String
  }
}

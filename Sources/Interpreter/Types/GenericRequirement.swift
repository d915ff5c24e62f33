/// What a `where` clause demands besides the constraints of the function's own generic parameters.
///
/// There are no associated types. What iteration yields is the one that matters, and `element` says
/// it: `S: Sequence<T>`, `where S.Element == T`. A signature that names `S.Element` itself gets one
/// more generic parameter of that name and a requirement that ties it to `S`.
public enum GenericRequirement: Hashable {
  /// `where Element: Comparable`, about a parameter of the owner or a composed type.
  case conforms(Type, ProtocolDeclaration)
  /// `where Element == String`
  case same(Type, Type)
  /// `S: Sequence<T>`: the first type is a sequence, and iterating over it yields the second.
  case element(Type, Type)
  /// `M: Module`, where `Module` is a class.
  case inherits(Type, Type)
}

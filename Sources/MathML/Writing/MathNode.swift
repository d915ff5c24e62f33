/// An element of MathML, or the text inside of one.
indirect enum MathNode: Equatable {
  case element(name: String, attributes: [Attribute], children: [MathNode])
  case text(String)

  struct Attribute: Equatable {
    let name: String
    let value: String
  }

  /// An element; its attributes print in the order given.
  init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [MathNode] = []
  ) {
    self = .element(
      name: name, attributes: attributes.map { Attribute(name: $0.key, value: $0.value) },
      children: children)
  }

  /// An element with text in it.
  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.init(name, attributes, [.text(text)])
  }

  /// The same element with one more attribute; text comes back as it is.
  func with(_ name: String, _ value: String) -> MathNode {
    guard case .element(let element, let attributes, let children) = self else { return self }
    return .element(
      name: element, attributes: attributes + [Attribute(name: name, value: value)],
      children: children)
  }
}

/// A node of a page: the only form in which pages are put together.
///
/// A page becomes text once, in ``HTMLSerializer``; whatever escaping it needs happens there, so no
/// other part of this target has to think about it.
public enum HTMLNode: Equatable, Sendable {
  case element(Element)
  /// Characters, as the reader is to see them.
  case text(String)
  /// Markup written by a part of this program that escapes for itself (MathML). Never input.
  case trusted(String)
}

/// An element with its attributes in the order in which they are written.
public struct Element: Equatable, Sendable {
  public struct Attribute: Equatable, Sendable {
    public var name: String
    /// Nil writes the bare name: `hidden`, `open`.
    public var value: String?

    public init(name: String, value: String?) {
      self.name = name
      self.value = value
    }
  }

  /// Lower case, except for the camel-cased names of SVG.
  public var name: String
  public var attributes: [Attribute]
  public var children: [HTMLNode]

  public init(_ name: String, attributes: [Attribute], children: [HTMLNode]) {
    self.name = name
    self.attributes = attributes
    self.children = children
  }

  /// An element written as it nests: `Element("p", ["class": "note"]) { "Not run." }`.
  ///
  /// - Parameter attributes: those whose value is nil are left out; an empty value of a
  ///   Boolean attribute (`open`, `hidden`) writes the bare name.
  public init(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:],
    @HTMLBuilder content: () -> [HTMLNode] = { [] }
  ) {
    self.init(
      name,
      attributes: attributes.compactMap { name, value in
        guard let value else { return nil }
        let isBare = value.isEmpty && HTMLVocabulary.booleanAttributes.contains(name)
        return Attribute(name: name, value: isBare ? nil : value)
      },
      children: content())
  }

  /// The value of an attribute: nil when it is absent, empty when it is bare.
  public subscript(attribute name: String) -> String? {
    attributes.first { $0.name == name }.map { $0.value ?? "" }
  }
}

extension HTMLNode {
  /// The characters of the node without its markup, as a browser's `textContent` gives them.
  public var textContent: String {
    switch self {
    case .text(let text): return text
    case .trusted: return ""
    case .element(let element): return element.children.textContent
    }
  }
}

extension [HTMLNode] {
  /// The characters of the nodes without their markup.
  public var textContent: String {
    reduce(into: "") { $0 += $1.textContent }
  }
}

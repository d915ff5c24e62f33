import SwiftSyntax

/// Who can see a declaration, as far as bindgen cares.
enum Access {
  case hidden, package, `public`, open
}

extension DeclModifierListSyntax {
  func contains(_ keyword: Keyword) -> Bool {
    contains { $0.name.tokenKind == .keyword(keyword) && $0.detail == nil }
  }

  /// The access that the modifiers state, or that of the surroundings.
  func access(default inherited: Access) -> Access {
    if contains(.open) { return .open }
    if contains(.public) { return .public }
    if contains(.package) { return .package }
    if contains(.private) || contains(.fileprivate) || contains(.internal) { return .hidden }
    return inherited
  }

  /// `private(set)` and the like.
  var restrictsSetter: Bool {
    contains { $0.detail?.detail.text == "set" && $0.name.tokenKind != .keyword(.public) }
  }
}

extension AttributeListSyntax {
  func contains(_ name: String) -> Bool {
    contains { element in
      guard case .attribute(let attribute) = element else { return false }
      return attribute.attributeName.trimmedDescription == name
    }
  }

  /// `@available(*, unavailable)` and `@_documentation(visibility: internal)`.
  var hidesDeclaration: Bool {
    contains { element in
      guard case .attribute(let attribute) = element else { return false }
      switch attribute.attributeName.trimmedDescription {
      case "available": return attribute.trimmedDescription.contains("unavailable")
      case "_documentation": return attribute.trimmedDescription.contains("internal")
      case "_spi": return true
      default: return false
      }
    }
  }
}

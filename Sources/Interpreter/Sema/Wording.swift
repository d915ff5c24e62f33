import SwiftSyntax

/// What a value is wanted for; swiftc words a mismatch by it.
enum Purpose {
  case argument
  case initialization
  case returned
  case closureResult
  case assignment
  case arrayElement
  case dictionaryKey
  case dictionaryValue
  case condition
  case coercion
  case defaultArgument
  case pattern
  case thrown
  case subscriptIndex
}

extension Checker {
  func error(
    _ message: String, at location: SourceLocation, length: Int = 0, notes: [Diagnostic] = []
  ) {
    diagnostics.append(
      Diagnostic(.error, message, at: location, length: length, notes: notes))
  }

  func error(_ message: String, at node: some SyntaxProtocol, notes: [Diagnostic] = []) {
    error(
      message, at: location(node), length: node.trimmedLength.utf8Length, notes: notes)
  }

  func error(_ message: String, at node: ExprSyntax, notes: [Diagnostic] = []) {
    error(
      message, at: location(node), length: Self.anchor(node).trimmedLength.utf8Length,
      notes: notes)
  }

  func warning(_ message: String, at location: SourceLocation) {
    diagnostics.append(Diagnostic(.warning, message, at: location))
  }

  func note(_ message: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(.note, message, at: location)
  }

  /// Swift that the interpreter does not run: said once, at the place.
  func unsupported(_ what: String, at location: SourceLocation) {
    error("\(what) is not supported", at: location)
  }

  func unsupported(_ what: String, at node: some SyntaxProtocol) {
    error("\(what) is not supported", at: node)
  }

  /// Says that a value of one type cannot stand where another is wanted.
  func mismatch(_ found: Type, _ wanted: Type, _ purpose: Purpose, at location: SourceLocation) {
    if found.isInvalid || wanted.isInvalid { return }
    if purpose == .condition, known.isOptional(found), wanted == known.bool,
      known.wrapped(found) != known.bool
    {
      error(
        "optional type '\(found)' cannot be used as a boolean; test for '!= nil' instead",
        at: location)
      return
    }
    if let inner = known.wrapped(found), !known.isOptional(wanted),
      conversionCost(inner, wanted) != nil, purpose != .coercion
    {
      mustUnwrap(found, inner, at: location)
      return
    }
    if case .existential(let protocols) = wanted, !protocols.isEmpty, purpose == .thrown {
      error("thrown expression type '\(found)' does not conform to 'Error'", at: location)
      return
    }
    if case .existential(let protocols) = wanted, let first = protocols.first,
      found.nominal != nil
    {
      let missing = protocols.first { !conforms(found, $0) } ?? first
      switch purpose {
      case .argument:
        error(
          "argument type '\(found)' does not conform to expected type '\(missing.name)'",
          at: location)
        return
      case .initialization:
        error(
          "value of type '\(found)' does not conform to specified type '\(missing.name)'",
          at: location)
        return
      case .returned:
        error(
          "return expression of type '\(found)' does not conform to '\(missing.name)'",
          at: location)
        return
      default: break
      }
    }
    if case .function(let a) = found, case .function(let b) = wanted, a.canThrow, !b.canThrow {
      var quiet = a
      quiet.canThrow = false
      if conversionCost(.function(quiet), wanted) != nil {
        error(
          "invalid conversion from throwing function of type '\(found)' to non-throwing function"
            + " type '\(wanted)'", at: location)
        return
      }
    }
    if purpose == .condition, known.isInteger(found) {
      error("type '\(found)' cannot be used as a boolean; test for '!= 0' instead", at: location)
      return
    }
    if found == Self.nilType {
      nilMismatch(wanted, purpose, at: location)
      return
    }
    switch purpose {
    case .argument, .subscriptIndex:
      error(
        "cannot convert value of type '\(found)' to expected argument type '\(wanted)'",
        at: location)
    case .initialization:
      error(
        "cannot convert value of type '\(found)' to specified type '\(wanted)'", at: location)
    case .returned:
      error(
        "cannot convert return expression of type '\(found)' to return type '\(wanted)'",
        at: location)
    case .closureResult:
      error(
        "cannot convert value of type '\(found)' to closure result type '\(wanted)'", at: location)
    case .assignment:
      error("cannot assign value of type '\(found)' to type '\(wanted)'", at: location)
    case .arrayElement:
      error(
        "cannot convert value of type '\(found)' to expected element type '\(wanted)'",
        at: location)
    case .dictionaryKey:
      error(
        "cannot convert value of type '\(found)' to expected dictionary key type '\(wanted)'",
        at: location)
    case .dictionaryValue:
      error(
        "cannot convert value of type '\(found)' to expected dictionary value type '\(wanted)'",
        at: location)
    case .condition:
      error(
        "cannot convert value of type '\(found)' to expected condition type '\(wanted)'",
        at: location)
    case .coercion:
      error(
        "cannot convert value of type '\(found)' to type '\(wanted)' in coercion", at: location)
    case .defaultArgument:
      error(
        "default argument value of type '\(found)' cannot be converted to type '\(wanted)'",
        at: location)
    case .pattern:
      error(
        "expression pattern of type '\(found)' cannot match values of type '\(wanted)'",
        at: location)
    case .thrown:
      error("thrown expression type '\(found)' does not conform to 'Error'", at: location)
    }
  }

  private func nilMismatch(_ wanted: Type, _ purpose: Purpose, at location: SourceLocation) {
    switch purpose {
    case .initialization: error("'nil' cannot initialize specified type '\(wanted)'", at: location)
    case .returned: error("'nil' is incompatible with return type '\(wanted)'", at: location)
    case .assignment: error("'nil' cannot be assigned to type '\(wanted)'", at: location)
    case .arrayElement:
      error("'nil' is not compatible with expected element type '\(wanted)'", at: location)
    case .dictionaryKey:
      error("'nil' is not compatible with expected dictionary key type '\(wanted)'", at: location)
    case .dictionaryValue:
      error("'nil' is not compatible with expected dictionary value type '\(wanted)'", at: location)
    case .closureResult:
      error("'nil' is not compatible with closure result type '\(wanted)'", at: location)
    case .condition:
      error("'nil' is not compatible with expected condition type '\(wanted)'", at: location)
    default: error("'nil' is not compatible with expected argument type '\(wanted)'", at: location)
    }
  }

  func mustUnwrap(_ found: Type, _ inner: Type, at location: SourceLocation) {
    error(
      "value of optional type '\(found)' must be unwrapped to a value of type '\(inner)'",
      at: location,
      notes: [
        note(
          "coalesce using '??' to provide a default when the optional value contains 'nil'",
          at: location),
        note(
          "force-unwrap using '!' to abort execution if the optional value contains 'nil'",
          at: location),
      ])
  }

  /// What a declaration is called in messages: `instance method`, `initializer`.
  func kindName(_ function: FunctionDeclaration) -> String {
    if function.name == "init" { return "initializer" }
    if function.owner == nil { return "global function" }
    return function.isStatic ? "static method" : "instance method"
  }
}

extension Checker {
  /// A note with the name that was probably meant. swiftc gives none; the message itself stays its.
  func suggestion(_ name: String, among names: [String], at place: SourceLocation) -> [Diagnostic] {
    Spelling.nearest(to: name, among: names).map { [note("did you mean '\($0)'?", at: place)] }
      ?? []
  }
}

/// "did you mean": the nearest of the names in reach, as swiftc judges nearness.
enum Spelling {
  /// The name that differs least from `name`, when that is little enough and nothing else is as near.
  static func nearest(to name: String, among names: some Swift.Sequence<String>) -> String? {
    let length = name.count
    guard length > 2 else { return nil }
    let limit = (length + 2) / 3
    var best: String?
    var distance = limit + 1
    var isTied = false
    for candidate in Set(names) where candidate != name && abs(candidate.count - length) <= limit {
      let d = self.distance(name, candidate)
      if d < distance {
        (best, distance, isTied) = (candidate, d, false)
      } else if d == distance {
        isTied = true
      }
    }
    return distance <= limit && !isTied ? best : nil
  }

  /// Insertions, deletions, replacements.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = x == y ? diagonal : min(diagonal, above, row[j]) + 1
        diagonal = above
      }
    }
    return row[b.count]
  }
}

extension Checker {
  /// Says when a switch leaves values without a case.
  func checkExhaustive(
    _ cases: [[CasePattern]], _ type: Type, hasDefault: Bool, at place: SourceLocation
  ) {
    if hasDefault || type.isInvalid || cases.isEmpty { return }
    let rows = cases.flatMap { items in
      items.filter { $0.condition == nil }.map { [$0.pattern] }
    }
    var budget = 4000
    guard let missing = uncovered(rows, [type], &budget) else { return }
    let texts = missing.map { $0[0] }
    var notes: [Diagnostic] = []
    if texts.allSatisfy({ $0 != "_" }) {
      notes = texts.map { note("add missing case: '\($0)'", at: place) }
    } else {
      notes = [note("add a default clause", at: place)]
    }
    error("switch must be exhaustive", at: place, notes: notes)
  }

  /// Examples of values that no row of patterns matches; nil when every value is matched.
  private func uncovered(
    _ rows: [[Pattern]], _ types: [Type], _ budget: inout Int
  ) -> [[String]]? {
    budget -= 1
    guard let type = types.first else { return rows.isEmpty ? [[]] : nil }
    if budget < 0 { return nil }
    let rest = Array(types.dropFirst())
    var missing: [[String]] = []
    for shape in shapes(of: type, rows.map { $0[0] }) {
      let narrowed = rows.compactMap { row -> [Pattern]? in
        guard let inner = shape.match(row[0]) else { return nil }
        return inner + row.dropFirst()
      }
      if let found = uncovered(narrowed, shape.types + rest, &budget) {
        for example in found {
          missing.append(
            [shape.text(Array(example.prefix(shape.types.count)))]
              + example.dropFirst(shape.types.count))
        }
      }
    }
    return missing.isEmpty ? nil : missing
  }

  /// One of the forms that values of a type have, with the types of what is inside.
  private struct Shape {
    var types: [Type]
    /// The patterns for what is inside, when a pattern can match this form at all.
    var match: (Pattern) -> [Pattern]?
    var text: ([String]) -> String
  }

  private static func wildcards(_ types: [Type], like pattern: Pattern) -> [Pattern] {
    types.map { Pattern(.any, $0, at: pattern.location) }
  }

  private static func matchesAll(_ pattern: Pattern) -> Bool {
    switch pattern.kind {
    case .any, .local, .global: true
    default: false
    }
  }

  private func shapes(of type: Type, _ patterns: [Pattern]) -> [Shape] {
    // When no pattern looks inside, there is no need to.
    let looksInside = patterns.contains { !Self.matchesAll($0) }
    let whole = Shape(
      types: [],
      match: { Self.matchesAll($0) ? [] : self.isUpcast($0) ? [] : nil }, text: { _ in "_" })
    if let inner = known.wrapped(type) {
      guard looksInside else { return [whole] }
      return [
        Shape(
          types: [inner],
          match: {
            if case .some(let pattern) = $0.kind { return [pattern] }
            return Self.matchesAll($0) ? Self.wildcards([inner], like: $0) : nil
          }, text: { ".some(\($0[0]))" }),
        Shape(
          types: [],
          match: {
            if case .none = $0.kind { return [] }
            return Self.matchesAll($0) ? [] : nil
          }, text: { _ in ".none" }),
      ]
    }
    switch type {
    case .nominal(let declaration, let arguments)
    where declaration.kind == .enum && !declaration.cases.isEmpty:
      let map = Dictionary(
        zip(declaration.genericParameters, arguments), uniquingKeysWith: { a, _ in a })
      guard looksInside || patterns.isEmpty else { return [whole] }
      return declaration.cases.map { item in
        let types = item.payload.map { $0.type.substituting(map) }
        return Shape(
          types: types,
          match: {
            if case .enumCase(let other, let inner) = $0.kind {
              return other === item ? inner : nil
            }
            return Self.matchesAll($0) ? Self.wildcards(types, like: $0) : nil
          },
          text: { parts in
            parts.isEmpty
              ? ".\(item.name)"
              : ".\(item.name)("
                + zip(item.payload, parts).map { ($0.label.map { "\($0): " } ?? "") + $1 }
                .joined(separator: ", ") + ")"
          })
      }
    case known.bool:
      guard looksInside || patterns.isEmpty else { return [whole] }
      return [true, false].map { value in
        Shape(
          types: [],
          match: {
            if let literal = self.booleanPattern($0) { return literal == value ? [] : nil }
            return Self.matchesAll($0) ? [] : nil
          }, text: { _ in "\(value)" })
      }
    case .tuple(let elements):
      guard looksInside else { return [whole] }
      let types = elements.map(\.type)
      return [
        Shape(
          types: types,
          match: {
            if case .tuple(let inner) = $0.kind, inner.count == types.count { return inner }
            return Self.matchesAll($0) ? Self.wildcards(types, like: $0) : nil
          }, text: { "(\($0.joined(separator: ", ")))" })
      ]
    default: return [whole]
    }
  }

  /// `let x as T`, where every value is a T.
  private func isUpcast(_ pattern: Pattern) -> Bool {
    switch pattern.kind {
    case .isType(let type): conversionCost(pattern.type, type) != nil
    case .cast(let type, let inner):
      conversionCost(pattern.type, type) != nil && Self.matchesAll(inner)
    default: false
    }
  }

  /// The value of a pattern `true` or `false`.
  private func booleanPattern(_ pattern: Pattern) -> Bool? {
    guard case .expression(_, let matches) = pattern.kind, case .call(let call) = matches.kind
    else {
      return nil
    }
    for argument in call.arguments {
      if case .value(let value) = argument, case .boolean(let literal) = value.kind {
        return literal
      }
    }
    return nil
  }
}

import SwiftSyntax

extension Checker {
  /// No function takes arguments of this number and with these labels.
  func diagnoseNoMatch(
    _ callees: [Callee], _ arguments: [CallArgument], _ site: CallSite
  ) -> Expression {
    for argument in arguments where !argument.isOpen && !argument.isInout && argument.typed == nil {
      if infer(argument.node).type.isInvalid { break }
    }
    guard let first = callees.first else { return invalid(at: site.place) }
    if callees.count == 1 {
      diagnoseMatch(
        first.function, arguments, at: site.callee, opening: site.opening, closing: site.closing)
      return failed(first, site)
    }
    noExactMatches(callees, site)
    let results = Set(callees.map(resultType))
    return invalid(at: site.place, results.count == 1 ? results.first ?? .invalid : .invalid)
  }

  /// Several functions have fitting labels, but none takes these types.
  func diagnoseNoneFits(
    _ viable: [(callee: Callee, match: ArgumentMatch)], _ arguments: inout [CallArgument],
    _ site: CallSite
  ) -> Expression {
    // A mistake inside a closure is better reported than the failure of the call.
    if arguments.contains(where: { $0.isClosure }) {
      var best: (Int, [Diagnostic])?
      let mark = diagnostics.count
      for candidate in viable.prefix(8) {
        var copy = arguments
        _ = apply(candidate.callee, candidate.match, &copy, site)
        let found = Array(diagnostics[mark...])
        diagnostics.removeSubrange(mark...)
        let offset = found.first { $0.severity == .error }?.location.offset ?? 0
        if best.map({ offset > $0.0 }) ?? true { best = (offset, found) }
      }
      diagnostics += best?.1 ?? []
      return invalid(at: site.place)
    }
    noExactMatches(viable.map(\.callee), site)
    let results = Set(viable.map { resultType($0.callee) })
    return invalid(at: site.place, results.count == 1 ? results.first ?? .invalid : .invalid)
  }

  private func noExactMatches(_ callees: [Callee], _ site: CallSite) {
    guard let first = callees.first else { return }
    let function = first.function
    let name =
      function.name == "init"
      ? "initializer"
      : function.name == "subscript" ? "subscript " : "\(kindName(function)) '\(function.name)'"
    let notes = callees.compactMap { callee -> Diagnostic? in
      callee.function.location.map {
        note("found candidate with type '\(describe(callee))'", at: $0)
      }
    }
    error("no exact matches in call to \(name)", at: site.callee, notes: notes)
  }

  private func describe(_ callee: Callee) -> String {
    Type.function(functionType(callee)).description
  }
}

import SwiftSyntax

/// One argument as it is written.
struct CallArgument {
  var label: String?
  /// Where the argument starts, its label included.
  var place: SourceLocation
  var node: ExprSyntax
  var isTrailing: Bool
  /// Its meaning depends on the parameter.
  var isOpen: Bool
  /// Its type, once it has been looked at on its own.
  var typed: Expression?

  var isClosure: Bool { node.is(ClosureExprSyntax.self) }
  var isInout: Bool { node.is(InOutExprSyntax.self) }
}

/// Which arguments go to which parameter.
typealias ArgumentMatch = [[Int]]

extension Checker {
  func callArguments(_ node: FunctionCallExprSyntax) -> [CallArgument] {
    var arguments = callArguments(node.arguments)
    if let closure = node.trailingClosure {
      arguments.append(trailing(closure, label: nil))
    }
    for element in node.additionalTrailingClosures {
      arguments.append(
        trailing(element.closure, label: element.label.text == "_" ? nil : element.label.text))
    }
    return arguments
  }

  func callArguments(_ list: LabeledExprListSyntax) -> [CallArgument] {
    list.map {
      CallArgument(
        label: $0.label.map { Self.unquoted($0.text) }, place: location($0), node: $0.expression,
        isTrailing: false, isOpen: isOpen($0.expression))
    }
  }

  func trailing(_ closure: ClosureExprSyntax, label: String?) -> CallArgument {
    CallArgument(
      label: label, place: location(closure), node: ExprSyntax(closure), isTrailing: true,
      isOpen: true)
  }

  /// Distributes arguments to parameters by labels and positions; nil when they do not fit.
  func match(_ parameters: [ParameterDeclaration], _ arguments: [CallArgument]) -> ArgumentMatch? {
    var match: ArgumentMatch = Array(repeating: [], count: parameters.count)
    var next = 0
    let plain = arguments.prefix { !$0.isTrailing }.count
    var p = 0
    while p < parameters.count {
      let parameter = parameters[p]
      if next < plain {
        let argument = arguments[next]
        if argument.label == parameter.label {
          match[p].append(next)
          next += 1
          if parameter.isVariadic {
            while next < plain, arguments[next].label == nil {
              match[p].append(next)
              next += 1
            }
          }
          p += 1
          continue
        }
        if parameter.defaultValue != nil || parameter.isVariadic {
          p += 1
          continue
        }
        // A required closure may still come as a trailing one only after all others.
        return nil
      }
      break
    }
    if next < plain { return nil }
    while p < parameters.count {
      let parameter = parameters[p]
      if next < arguments.count {
        let argument = arguments[next]
        let fits = next == plain ? takesFunction(parameter.type) : argument.label == parameter.label
        if fits, !shouldSkip(parameter, p, parameters, arguments, next) {
          match[p].append(next)
          next += 1
          p += 1
          continue
        }
      }
      guard parameter.defaultValue != nil || parameter.isVariadic else { return nil }
      p += 1
    }
    return next == arguments.count ? match : nil
  }

  /// A parameter with a default value leaves a closure to a later one that needs it.
  private func shouldSkip(
    _ parameter: ParameterDeclaration, _ p: Int, _ parameters: [ParameterDeclaration],
    _ arguments: [CallArgument], _ next: Int
  ) -> Bool {
    guard parameter.defaultValue != nil, arguments[next].label == nil else { return false }
    let needed = parameters[(p + 1)...].filter {
      $0.defaultValue == nil && !$0.isVariadic && takesFunction($0.type)
    }.count
    return needed >= arguments.count - next
  }

  func takesFunction(_ type: Type) -> Bool {
    switch type {
    case .function, .parameter, .invalid: return true
    case .existential(let protocols): return protocols.isEmpty
    default: return known.wrapped(type).map(takesFunction) ?? false
    }
  }

  /// Says how labels and number of arguments differ from what a function wants.
  func diagnoseMatch(
    _ function: FunctionDeclaration, _ arguments: [CallArgument], at node: some SyntaxProtocol,
    opening: SourceLocation, closing: SourceLocation
  ) {
    let parameters = function.parameters
    let plain = arguments.filter { !$0.isTrailing }
    let required = parameters.filter { $0.defaultValue == nil && !$0.isVariadic }
    if parameters.isEmpty, let first = arguments.first {
      error(
        first.isTrailing && arguments.count == 1
          ? "extra trailing closure passed in call"
          : "argument passed to call that takes no arguments",
        at: first.isTrailing ? first.place : location(first.node))
      return
    }
    if plain.count == arguments.count, !parameters.contains(where: \.isVariadic),
      arguments.count == parameters.count || arguments.count == required.count
    {
      let wanted = arguments.count == parameters.count ? parameters : required
      if labelProblem(wanted, arguments, at: opening) { return }
    }
    // Walk both lists and find the first that has no partner.
    var used: Set<Int> = []
    var missing: [Int] = []
    var lastPlace = -1
    var insertions: [Int: SourceLocation] = [:]
    for (p, parameter) in parameters.enumerated() {
      let index = arguments.indices.first { i in
        guard !used.contains(i), i > lastPlace else { return false }
        if arguments[i].isTrailing { return takesFunction(parameter.type) }
        return arguments[i].label == parameter.label
      }
      if let index {
        used.insert(index)
        lastPlace = index
        if parameter.isVariadic {
          var more = index + 1
          while more < arguments.count, arguments[more].label == nil, !arguments[more].isTrailing {
            used.insert(more)
            lastPlace = more
            more += 1
          }
        }
      } else if parameter.defaultValue == nil && !parameter.isVariadic {
        missing.append(p)
        insertions[p] = lastPlace + 1 < plain.count ? plain[lastPlace + 1].place : closing
      }
    }
    let extra = arguments.indices.filter { !used.contains($0) }
    if missing.isEmpty, let first = extra.first {
      if extra.count == 1 {
        let argument = arguments[first]
        error(
          argument.isTrailing
            ? "extra trailing closure passed in call"
            : argument.label.map { "extra argument '\($0)' in call" } ?? "extra argument in call",
          at: location(argument.node))
      } else {
        let positions = extra.map { "#\($0 + 1)" }.joined(separator: ", ")
        error(
          "extra arguments at positions \(positions) in call", at: location(arguments[first].node))
      }
      return
    }
    if !extra.isEmpty, extra.count == missing.count, arguments.count >= required.count {
      if labelProblem(Array(parameters.prefix(arguments.count)), arguments, at: opening) { return }
    }
    guard let first = missing.first else {
      error("incorrect arguments in call", at: node)
      return
    }
    func label(_ p: Int) -> String {
      parameters[p].label.map { "'\($0)'" } ?? "#\(p + 1)"
    }
    let notes =
      function.location.map {
        [note("'\(function.fullName)' declared here", at: $0)]
      } ?? []
    if missing.count == 1 {
      error(
        "missing argument for parameter \(label(first)) in call", at: insertions[first] ?? closing,
        notes: notes)
    } else {
      error(
        "missing arguments for parameters \(missing.map(label).joined(separator: ", ")) in call",
        at: opening, notes: notes)
    }
  }

  /// Right number, wrong labels.
  private func labelProblem(
    _ parameters: [ParameterDeclaration], _ arguments: [CallArgument], at place: SourceLocation
  ) -> Bool {
    guard parameters.count == arguments.count else { return false }
    let wrong = arguments.indices.filter { arguments[$0].label != parameters[$0].label }
    guard !wrong.isEmpty else { return false }
    func text(_ labels: [String?]) -> String { labels.map { ($0 ?? "_") + ":" }.joined() }
    let missing = wrong.filter { arguments[$0].label == nil }
    let extraneous = wrong.filter { parameters[$0].label == nil }
    let notes: [Diagnostic] = []
    if missing.count == wrong.count {
      let labels = missing.map { parameters[$0].label }
      error(
        missing.count == 1
          ? "missing argument label '\(text(labels))' in call"
          : "missing argument labels '\(text(labels))' in call",
        at: place, notes: notes)
    } else if extraneous.count == wrong.count {
      let labels = extraneous.map { arguments[$0].label }
      error(
        extraneous.count == 1
          ? "extraneous argument label '\(text(labels))' in call"
          : "extraneous argument labels '\(text(labels))' in call",
        at: place, notes: notes)
    } else {
      let have = text(arguments.map(\.label))
      let expected = text(parameters.map(\.label))
      error(
        "incorrect argument label\(wrong.count > 1 ? "s" : "") in call (have '\(have)',"
          + " expected '\(expected)')",
        at: place, notes: notes)
    }
    return true
  }
}

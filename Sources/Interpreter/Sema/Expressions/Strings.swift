import SwiftSyntax

extension Checker {
  func string(_ node: StringLiteralExprSyntax, _ expected: Type?) -> Expression {
    let place = location(node)
    let hashes = node.openingPounds?.text.count ?? 0
    var parts: [Expression] = []
    var text = ""
    var isInterpolated = false
    for segment in node.segments {
      switch segment {
      case .stringSegment(let s): text += StringEscapes.decode(s.content.text, hashes: hashes)
      case .expressionSegment(let s):
        isInterpolated = true
        if !text.isEmpty {
          parts.append(Expression(.string(text), known.string, at: place))
          text = ""
        }
        guard let first = s.expressions.first else { continue }
        let value = infer(first.expression)
        if value.type == Self.nilType { continue }
        parts.append(value)
        if s.expressions.count > 1 {
          unsupported("interpolation with options", at: s.expressions)
        }
      }
    }
    if isInterpolated {
      if !text.isEmpty { parts.append(Expression(.string(text), known.string, at: place)) }
      return Expression(.interpolation(parts), known.string, at: place)
    }
    var type = known.string
    if let expected {
      let wanted = known.fullyUnwrapped(expected)
      if wanted == known.character {
        if text.count == 1 {
          type = wanted
        } else if text.isEmpty {
          error("cannot convert value of type 'String' to expected type 'Character'", at: node)
          type = wanted
        } else {
          return Expression(.string(text), known.string, at: place)
        }
      } else if wanted != known.string, accepts(wanted, .string),
        let made = stringLiteral(text, wanted, at: node)
      {
        return made
      }
    }
    return Expression(.string(text), type, at: place)
  }

  private func stringLiteral(
    _ text: String, _ type: Type, at node: some SyntaxProtocol
  ) -> Expression? {
    let value = Expression(.string(text), known.string, at: location(node))
    for label in ["stringLiteral", nil] {
      for found in lookup("init", in: type) {
        guard case .function(let function) = found.kind, function.parameters.count == 1,
          function.parameters[0].label == label, function.parameters[0].type == known.string,
          function.result == type
        else { continue }
        return Expression(
          .call(Call(function, arguments: [.value(value)])), type, at: location(node))
      }
    }
    return nil
  }
}

/// What escape sequences of string literals stand for.
enum StringEscapes {
  static func decode(_ text: String, hashes: Int) -> String {
    guard text.contains("\\") else { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      rest = rest.dropFirst()
      guard scalar == "\\" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      if hashes > 0 {
        guard rest.prefix(hashes).allSatisfy({ $0 == "#" }), rest.count > hashes else {
          result.unicodeScalars.append(scalar)
          continue
        }
        rest = rest.dropFirst(hashes)
      }
      guard let escaped = rest.popFirst() else { break }
      switch escaped {
      case "n": result += "\n"
      case "t": result += "\t"
      case "r": result += "\r"
      case "0": result += "\0"
      case "\n": break  // a line that goes on
      case "u":
        guard rest.popFirst() == "{" else { break }
        var digits = ""
        while let digit = rest.popFirst(), digit != "}" { digits.unicodeScalars.append(digit) }
        if let value = UInt32(digits, radix: 16), let made = Unicode.Scalar(value) {
          result.unicodeScalars.append(made)
        }
      default: result.unicodeScalars.append(escaped)
      }
    }
    return result
  }
}

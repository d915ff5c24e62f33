/// The keys a cell may set: everything there is to know about each stands here.
enum CellOption: String, CaseIterable {
  case label, run, show, fold, solution, caption, error, timeout, compare, tolerance, ignore, cache

  /// Why a value was refused.
  struct WrongValue: Error {
    /// What the key takes, as in "'run' takes 'true' or 'false'".
    var expected: String
    /// Names to choose the nearest from.
    var names: [String] = []
    /// The part of the value that is wrong, where it is not the whole.
    var part: YAMLNode?
  }

  /// Puts a value into the options.
  func set(_ value: YAMLNode, in options: inout CellOptions) throws(WrongValue) {
    switch self {
    case .label: options.label = try word(value)
    case .run: options.run = try bool(value)
    case .show: options.show = try choice(value)
    case .fold: options.fold = try fold(value)
    case .solution: options.solution = try bool(value)
    case .caption: options.caption = try text(value)
    case .error: options.error = try expectedError(value)
    case .timeout: options.timeout = try seconds(value)
    case .compare: options.comparison.mode = try choice(value)
    case .tolerance: try setTolerance(value, in: &options.comparison)
    case .ignore: options.comparison.ignored = try patterns(value)
    case .cache: options.cache = try bool(value)
    }
  }

  private func bool(_ value: YAMLNode) throws(WrongValue) -> Bool {
    guard let bool = value.bool else {
      throw WrongValue(expected: "'true' or 'false'", names: ["true", "false"])
    }
    return bool
  }

  private func text(_ value: YAMLNode) throws(WrongValue) -> String {
    guard let text = value.text, !value.isNull else { throw WrongValue(expected: "text") }
    return text
  }

  private func word(_ value: YAMLNode) throws(WrongValue) -> String {
    let expected = "one word: letters, digits, '-', '_' and '.', a letter first"
    guard let text = value.text, text.first?.isLetter == true,
      text.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
    else { throw WrongValue(expected: expected) }
    return text
  }

  private func choice<Choice>(_ value: YAMLNode) throws(WrongValue) -> Choice
  where Choice: CaseIterable & RawRepresentable<String> {
    let names = Choice.allCases.map(\.rawValue)
    // YAML's own `off` is a word like any other here.
    guard let text = value.text, let choice = Choice(rawValue: text) else {
      let quoted = names.map { "'\($0)'" }
      let expected = quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
      throw WrongValue(expected: expected, names: names)
    }
    return choice
  }

  private func fold(_ value: YAMLNode) throws(WrongValue) -> CellOptions.Fold {
    if let bool = value.bool { return bool ? .folded(summary: nil) : .open }
    guard let text = value.text, !value.isNull else {
      throw WrongValue(expected: "'true', 'false' or the text of a summary line")
    }
    return .folded(summary: text)
  }

  private func expectedError(_ value: YAMLNode) throws(WrongValue) -> String {
    guard let text = value.text, !value.isNull, value.bool == nil else {
      throw WrongValue(expected: "the type of the error or a part of its message")
    }
    return text
  }

  private func seconds(_ value: YAMLNode) throws(WrongValue) -> Double {
    guard let seconds = value.double, seconds > 0, seconds.isFinite else {
      throw WrongValue(expected: "a number of seconds above 0")
    }
    return seconds
  }

  private func setTolerance(
    _ value: YAMLNode, in comparison: inout Comparison
  ) throws(WrongValue) {
    let expected = "a number from 0, or '{ relative: NUMBER, absolute: NUMBER }'"
    func number(_ value: YAMLNode) throws(WrongValue) -> Double {
      guard let number = value.double, number >= 0, number.isFinite else {
        throw WrongValue(expected: expected, part: value)
      }
      return number
    }
    guard case .mapping(let pairs) = value.value else {
      comparison.relativeTolerance = try number(value)
      return
    }
    for (key, value) in pairs {
      switch key.text {
      case "relative": comparison.relativeTolerance = try number(value)
      case "absolute": comparison.absoluteTolerance = try number(value)
      default: throw WrongValue(expected: expected, names: ["relative", "absolute"], part: key)
      }
    }
  }

  private func patterns(_ value: YAMLNode) throws(WrongValue) -> [String] {
    var nodes = [value]
    if case .sequence(let list) = value.value { nodes = list }
    var patterns: [String] = []
    for node in nodes {
      guard let text = node.text, !node.isNull, (try? Regex(text)) != nil else {
        throw WrongValue(expected: "a regular expression or a list of them", part: node)
      }
      patterns.append(text)
    }
    return patterns
  }
}

import Yams

/// A YAML value with its place in the notebook.
struct YAMLNode {
  indirect enum Value {
    /// `isPlain` is false for quoted text, which never means a number or `true`.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  var value: Value
  var span: SourceSpan

  /// The text of a scalar.
  var text: String? {
    if case .scalar(let text, _) = value { text } else { nil }
  }

  private var plain: String? {
    if case .scalar(let text, true) = value { text } else { nil }
  }

  var bool: Bool? { plain.flatMap { $0 == "true" ? true : $0 == "false" ? false : nil } }
  var int: Int? { plain.flatMap { Int($0) } }
  var double: Double? { plain.flatMap { Double($0) } }
  var isNull: Bool { plain.map { $0.isEmpty || $0 == "~" || $0 == "null" } ?? false }

  /// The value in words, for messages.
  var described: String {
    switch value {
    case .scalar(let text, _): isNull ? "nothing" : "'\(text)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// What is wrong with a piece of YAML, and where.
struct YAMLError: Error {
  var message: String
  var span: SourceSpan
}

/// A piece of YAML cut out of a notebook, line by line.
struct YAMLText {
  /// One line: where in the file its YAML stands, line end left out.
  var lines: [SourceSpan]
  var source: SourceText

  /// Parses one document; nil when there is nothing but comments.
  func parse() throws(YAMLError) -> YAMLNode? {
    let text = lines.map { source.text(in: $0) + "\n" }.joined()
    let node: Yams.Node?
    do {
      // `.basic`: without the regular expressions that tell types apart, which take milliseconds to
      // make; the keys know what types they take.
      node = try Yams.compose(yaml: text, .basic, Constructor.default, .utf8)
    } catch {
      throw located(error)
    }
    guard let node else { return nil }
    let result = try convert(node, depth: 0)
    return result.isNull ? nil : result
  }

  private func convert(_ node: Yams.Node, depth: Int) throws(YAMLError) -> YAMLNode {
    let start = offset(of: node.mark)
    guard node.anchor == nil else {
      throw YAMLError(message: "anchors and aliases are not supported", span: start..<start + 1)
    }
    guard depth < 100 else {
      throw YAMLError(message: "this is nested too deeply", span: start..<start + 1)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      let quotes = scalar.style == .singleQuoted || scalar.style == .doubleQuoted ? 2 : 0
      let length = scalar.string.utf8.count + quotes
      return YAMLNode(
        value: .scalar(scalar.string, isPlain: isPlain), span: start..<start + length)
    case .sequence(let sequence):
      var nodes: [YAMLNode] = []
      for node in sequence { nodes.append(try convert(node, depth: depth + 1)) }
      return YAMLNode(value: .sequence(nodes), span: start..<start + 1)
    case .mapping(let mapping):
      var pairs: [(key: YAMLNode, value: YAMLNode)] = []
      for (key, value) in mapping {
        pairs.append((try convert(key, depth: depth + 1), try convert(value, depth: depth + 1)))
      }
      return YAMLNode(value: .mapping(pairs), span: start..<start + 1)
    case .alias:
      throw YAMLError(message: "anchors and aliases are not supported", span: start..<start + 1)
    }
  }

  /// libyaml counts lines from 1 and columns in Unicode scalars from 1.
  private func offset(of mark: Mark?) -> Int {
    guard let mark, let last = lines.last else { return 0 }
    guard mark.line <= lines.count else { return last.upperBound }
    let line = lines[max(0, mark.line - 1)]
    let scalars = source.text(in: line).unicodeScalars.prefix(max(0, mark.column - 1))
    return line.lowerBound + String(scalars).utf8.count
  }

  private func located(_ error: any Error) -> YAMLError {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let start = offset(of: mark)
      let words = (context.map { "\($0.text) " } ?? "") + problem
      return YAMLError(message: "this is no YAML: \(words)", span: start..<start)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      return YAMLError(message: "'\(key)' stands here twice", span: second(key, from: context.mark))
    case .reader(let problem, _, _, _):
      let start = lines.first?.lowerBound ?? 0
      return YAMLError(message: "this is no YAML: \(problem)", span: start..<start)
    default:
      let start = lines.first?.lowerBound ?? 0
      return YAMLError(message: "this is no YAML", span: start..<start)
    }
  }

  /// Yams names the first of two equal keys; the second one is the mistake.
  private func second(_ key: String, from mark: Mark) -> SourceSpan {
    let first = offset(of: mark)
    for line in lines where line.lowerBound > first {
      let content = source.text(in: line).drop(while: { $0 == " " })
      if content.hasPrefix(key + ":") {
        let start = line.upperBound - content.utf8.count
        return start..<start + key.utf8.count
      }
    }
    return first..<first + key.utf8.count
  }
}

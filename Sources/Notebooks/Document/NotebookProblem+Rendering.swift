extension NotebookProblem {
  /// `FILE:LINE:COLUMN: error: MESSAGE`, or `FILE: error: MESSAGE` without a place.
  public var headline: String {
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(path)\(place): \(severity.rawValue): \(message)"
  }

  /// The line it is about with a mark below, as two lines; nil where there is no line.
  ///
  /// Tabs of the line stay tabs in the line of the mark, so that it stands where it should
  /// whatever the width of a tab.
  public var excerpt: String? {
    guard let position, let sourceLine else { return nil }
    return sourceLine + "\n" + Self.mark(under: sourceLine, at: position.column, length: length)
  }

  /// Headline, excerpt and notes, each on lines of its own, without a final line end.
  public var rendered: String {
    var lines = [headline]
    if let excerpt { lines.append(excerpt) }
    lines += notes.map(\.rendered)
    return lines.joined(separator: "\n")
  }

  static func mark(under line: String, at column: Int, length: Int) -> String {
    var mark = ""
    var offset = 0
    var marked = 0
    for character in line {
      if offset >= column - 1 {
        guard offset < column - 1 + length else { break }
        marked += 1
      } else {
        mark.append(character == "\t" ? "\t" : " ")
      }
      offset += character.utf8.count
    }
    return mark + "^" + String(repeating: "~", count: max(0, marked - 1))
  }
}

extension Sequence where Element == NotebookProblem {
  /// Whether one of them forbids a run.
  public var hasError: Bool { contains { $0.severity == .error } }
}

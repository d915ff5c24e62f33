/// Strikethrough as in GFM: one or two tildes, as many behind as before.
enum Strikethrough {
  /// A run of tildes and whether it can open and close, by the rules for emphasis.
  struct Delimiter {
    var length: Int
    var canOpen: Bool
    var canClose: Bool

    init?(run: Range<Int>, in bytes: [UInt8]) {
      guard run.count <= 2 else { return nil }
      let before = run.lowerBound > 0 ? bytes[run.lowerBound - 1] : 0x20
      let after = run.upperBound < bytes.count ? bytes[run.upperBound] : 0x20
      length = run.count
      canOpen =
        !after.isSpace && (!after.isPunctuation || before.isSpace || before.isPunctuation)
      canClose =
        !before.isSpace && (!before.isPunctuation || after.isSpace || after.isPunctuation)
    }
  }

  /// What the children of one node are before their tildes found each other.
  enum Piece {
    case inline(Inline)
    case tildes(Delimiter)
  }

  /// Joins what stands between two runs; a run that finds no partner is text.
  static func resolve(_ pieces: [Piece]) -> [Inline] {
    var levels: [(opening: Delimiter?, content: [Inline])] = [(nil, [])]
    func text(_ delimiter: Delimiter) -> Inline {
      .text(String(repeating: "~", count: delimiter.length))
    }
    for piece in pieces {
      switch piece {
      case .inline(let inline):
        levels[levels.count - 1].content.append(inline)
      case .tildes(let delimiter):
        if delimiter.canClose,
          let level = levels.lastIndex(where: { $0.opening?.length == delimiter.length })
        {
          unwind(&levels, to: level, as: text)
          let closed = levels.removeLast().content
          levels[levels.count - 1].content.append(.strikethrough(closed))
        } else if delimiter.canOpen {
          levels.append((delimiter, []))
        } else {
          levels[levels.count - 1].content.append(text(delimiter))
        }
      }
    }
    unwind(&levels, to: 0, as: text)
    return levels[0].content
  }

  private static func unwind(
    _ levels: inout [(opening: Delimiter?, content: [Inline])], to level: Int,
    as text: (Delimiter) -> Inline
  ) {
    for open in levels[(level + 1)...] {
      if let opening = open.opening { levels[level].content.append(text(opening)) }
      levels[level].content += open.content
    }
    levels.removeSubrange((level + 1)...)
  }
}

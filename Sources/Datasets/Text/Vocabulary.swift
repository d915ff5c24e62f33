/// Words and their numbers: specials first, then the words of a text, the most frequent ones first.
///
/// Words of equal frequency stand in the order of their code points. Tokens are compared as Python
/// compares them, code point by code point, so `é` as one and as two code points are two tokens.
/// Follows `Vocab` of torchtext 0.9.
public final class Vocabulary {
  /// The tokens in the order of their numbers (`itos`).
  public let tokens: [String]
  /// The number that stands for every unknown token; at first that of `<unk>`, or 0.
  public var defaultIndex: Int

  private let indices: [Token: Int]

  /// The vocabulary of tokenized texts.
  ///
  /// Words that occur less than `minFrequency` times are left out; `maxSize` limits their number,
  /// specials not counted. A word that is one of the `specials` has the special's number.
  /// Throws (see `attempt`) when a special is named twice or `maxSize` is negative.
  public convenience init(
    _ rows: [[String]], specials: [String] = ["<unk>", "<pad>"], minFrequency: Int = 1,
    maxSize: Int? = nil
  ) {
    var counts: [Token: Int] = [:]
    for row in rows {
      for token in row { counts[Token(text: token), default: 0] += 1 }
    }
    for special in specials { counts[Token(text: special)] = nil }
    if let maxSize, maxSize < 0 {
      record(TensorError("Vocabulary", "expected a maxSize of 0 or more, got \(maxSize)"))
    }
    let words = counts.filter { $0.value >= minFrequency }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(max(maxSize ?? counts.count, 0))
    self.init(tokens: specials + words.map { $0.key.text })
  }

  /// A vocabulary of the given tokens in the given order.
  /// Throws (see `attempt`) when a token comes twice.
  public init(tokens: [String]) {
    self.tokens = tokens
    var indices: [Token: Int] = [:]
    indices.reserveCapacity(tokens.count)
    for (i, token) in tokens.enumerated() {
      if let first = indices.updateValue(i, forKey: Token(text: token)) {
        record(TensorError("Vocabulary", "token '\(token)' is at \(first) and at \(i)"))
      }
    }
    self.indices = indices
    defaultIndex = indices[Token(text: "<unk>")] ?? 0
  }

  /// The number of tokens, specials included.
  public var count: Int { tokens.count }

  /// The number of a token, `defaultIndex` for an unknown one (`stoi`).
  public subscript(_ token: String) -> Int { indices[Token(text: token)] ?? defaultIndex }

  /// Whether the token has a number of its own.
  public func contains(_ token: String) -> Bool { indices[Token(text: token)] != nil }

  /// The token of a number (`itos`). Throws (see `attempt`) when there is none.
  public func token(_ index: Int) -> String {
    guard tokens.indices.contains(index) else {
      record(
        TensorError("Vocabulary", "index \(index) is out of bounds for \(tokens.count) tokens"))
      return ""
    }
    return tokens[index]
  }

  /// The numbers of several tokens.
  public func encode(_ tokens: [String]) -> [Int] { tokens.map { self[$0] } }

  /// The tokens of several numbers. Throws (see `attempt`) when a number has none.
  public func decode(_ indices: [Int]) -> [String] { indices.map { token($0) } }
}

/// A string that is compared by its code points, not by what it looks like; in the order of UTF-8
/// bytes, which is that of the code points.
private struct Token: Hashable, Comparable {
  let text: String

  static func == (a: Token, b: Token) -> Bool {
    var (a, b) = (a.text, b.text)
    return a.withUTF8 { a in
      b.withUTF8 { b in a.count == b.count && a.elementsEqual(b) }
    }
  }

  static func < (a: Token, b: Token) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

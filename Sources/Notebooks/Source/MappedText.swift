/// Text that was made from a source by cutting and replacing, and still knows where it came from.
///
/// It is built by appending, and every piece is either a copy of a stretch of the source or something
/// new that stands for one. What the Markdown parser says about an offset of the text can so be said
/// of the file, however many line ends, margins and formulas were changed on the way.
struct MappedText {
  private struct Piece {
    var start: Int
    var origin: SourceSpan
    var isCopy: Bool
  }

  private(set) var bytes: [UInt8] = []
  private(set) var lineStarts: [Int] = [0]
  private var pieces: [Piece] = []

  /// Appends a copy of a stretch of the source.
  mutating func append(copyOf span: SourceSpan, in source: [UInt8]) {
    guard !span.isEmpty else { return }
    pieces.append(Piece(start: bytes.count, origin: span, isCopy: true))
    appendBytes(source[span])
  }

  /// Appends something that stands for a stretch of the source.
  mutating func append<Bytes: Sequence<UInt8>>(_ new: Bytes, for span: SourceSpan) {
    pieces.append(Piece(start: bytes.count, origin: span, isCopy: false))
    appendBytes(new)
  }

  /// Appends a stretch of another mapped text, with what it knows.
  mutating func append(_ range: Range<Int>, of other: MappedText) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let index = other.pieceIndex(at: offset)
      let piece = other.pieces[index]
      let next = index + 1 < other.pieces.count ? other.pieces[index + 1].start : other.bytes.count
      let end = min(next, range.upperBound)
      var origin = piece.origin
      if piece.isCopy {
        let start = origin.lowerBound + offset - piece.start
        origin = start..<(start + end - offset)
      }
      pieces.append(Piece(start: bytes.count, origin: origin, isCopy: piece.isCopy))
      appendBytes(other.bytes[offset..<end])
      offset = end
    }
  }

  /// The text with some ranges replaced.
  ///
  /// - Parameter edits: in order, without overlap.
  func replacing(_ edits: [(range: Range<Int>, with: [UInt8])]) -> MappedText {
    guard !edits.isEmpty else { return self }
    var result = MappedText()
    var offset = 0
    for edit in edits {
      result.append(offset..<edit.range.lowerBound, of: self)
      result.append(edit.with, for: origin(of: edit.range))
      offset = edit.range.upperBound
    }
    result.append(offset..<bytes.count, of: self)
    return result
  }

  /// The stretch of the source that a range of the text came from.
  func origin(of range: Range<Int>) -> SourceSpan {
    guard let last = pieces.last else { return 0..<0 }
    guard range.lowerBound < bytes.count else {
      return last.origin.upperBound..<last.origin.upperBound
    }
    let first = pieces[pieceIndex(at: range.lowerBound)]
    let start =
      first.isCopy
      ? first.origin.lowerBound + range.lowerBound - first.start : first.origin.lowerBound
    guard !range.isEmpty else { return start..<start }
    let final = pieces[pieceIndex(at: range.upperBound - 1)]
    let end =
      final.isCopy
      ? final.origin.lowerBound + range.upperBound - final.start : final.origin.upperBound
    return start..<max(start, end)
  }

  /// Whether an offset is part of a copy, not of something new that stands for the source.
  func isCopy(at offset: Int) -> Bool { pieces[pieceIndex(at: offset)].isCopy }

  /// Number of lines; text behind the last line end is a line, nothing behind it is none.
  var lineCount: Int { lineStarts.last == bytes.count ? lineStarts.count - 1 : lineStarts.count }

  /// The range of a line (from 1) without its line end; empty outside the text.
  func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = lineStarts[line - 1]
    return start..<(line < lineStarts.count ? lineStarts[line] - 1 : bytes.count)
  }

  /// The offset of a place as cmark counts: line and column from 1.
  func offset(line: Int, column: Int) -> Int {
    let range = range(ofLine: line)
    return min(range.lowerBound + max(0, column - 1), range.upperBound)
  }

  /// The line (from 1) an offset stands on.
  func line(at offset: Int) -> Int { lineStarts.partitioningIndex { $0 > offset } }

  func string(in range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func appendBytes<Bytes: Sequence<UInt8>>(_ new: Bytes) {
    for byte in new {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { lineStarts.append(bytes.count) }
    }
  }

  private func pieceIndex(at offset: Int) -> Int {
    max(0, pieces.partitioningIndex { $0.start > offset } - 1)
  }
}

extension Array {
  /// Index of the first element for which a predicate that never turns false again is true.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension MappedText {
  /// Whole lines of a source, line ends made LF.
  init(_ source: SourceText, fromLine first: Int) {
    self.init()
    guard first <= source.lineCount else { return }
    for line in first...source.lineCount {
      let span = source.span(ofLine: line)
      append(copyOf: span, in: source.bytes)
      if line < source.lineCount {
        append(CollectionOfOne(UInt8(ascii: "\n")), for: span.upperBound..<(span.upperBound + 1))
      }
    }
  }
}

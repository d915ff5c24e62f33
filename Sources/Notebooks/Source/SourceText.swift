/// The bytes of a notebook and where its lines begin.
///
/// Lines end at LF, CRLF or CR, as in CommonMark. A byte order mark stays in `bytes`, so that offsets
/// are those of the file, but is no part of the first line: its columns count from the first letter.
public struct SourceText: Hashable, Sendable {
  /// The file as it is, valid UTF-8.
  public let bytes: [UInt8]
  /// Offset of the first byte of each line; never empty.
  public let lineStarts: [Int]

  /// - Parameter bytes: valid UTF-8; `SourceFile` is the door that makes sure.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var starts = [hasMark ? 3 : 0]
    var offset = starts[0]
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\r") {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
        starts.append(offset)
      } else if byte == UInt8(ascii: "\n") {
        starts.append(offset)
      }
    }
    lineStarts = starts
  }

  public init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// Number of lines; a final line end opens an empty last one.
  public var lineCount: Int { lineStarts.count }

  /// The bytes of a line without its line end.
  ///
  /// - Parameter line: from 1; outside the file the span is empty.
  public func span(ofLine line: Int) -> SourceSpan {
    guard line >= 1, line <= lineCount else { return bytes.count..<bytes.count }
    let start = lineStarts[line - 1]
    var end = line < lineCount ? lineStarts[line] : bytes.count
    if end > start, line < lineCount {
      end -= 1
      if bytes[end] == UInt8(ascii: "\n"), end > start, bytes[end - 1] == UInt8(ascii: "\r") {
        end -= 1
      }
    }
    return start..<end
  }

  /// The text of a line (from 1) without its line end.
  public func line(_ line: Int) -> String { text(in: span(ofLine: line)) }

  /// The text of a span.
  public func text(in span: SourceSpan) -> String {
    String(decoding: bytes[span.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Line and column of an offset. Complexity: O(log lines).
  public func position(at offset: Int) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: max(0, offset - lineStarts[low]) + 1)
  }

  /// Offset of a position; a line outside the file gives the end of the file.
  public func offset(of position: SourcePosition) -> Int {
    guard position.line >= 1, position.line <= lineCount else { return bytes.count }
    return min(lineStarts[position.line - 1] + position.column - 1, bytes.count)
  }
}

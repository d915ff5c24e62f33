/// Gathers what a cell prints, and leaves out the middle when it is too much.
///
/// What comes first tells what a cell does and what comes last where it got to, so both are kept, cut
/// at line ends where there are any.
struct PrintedText {
  /// Bytes that are kept from the beginning and the end of a cell's text.
  static let headLimit = 200_000
  static let tailLimit = 50_000

  /// A line up to this long is never cut.
  private static let shortLine = 1_000

  private var headBytes = 0
  private var tail: [UInt8] = []
  private var omittedBytes = 0
  private var omittedLines = 0
  private var isFull = false

  mutating func append(_ text: String, to outputs: inout [CellOutput]) {
    guard !text.isEmpty else { return }
    guard !isFull else {
      appendToTail(text.utf8)
      return
    }
    let room = Self.headLimit - headBytes
    guard text.utf8.count > room else {
      headBytes += text.utf8.count
      Self.add(text, to: &outputs)
      return
    }
    isFull = true
    let bytes = Array(text.utf8)
    let cut = Self.cut(bytes[..<room])
    headBytes += cut
    Self.add(String(decoding: bytes[..<cut], as: UTF8.self), to: &outputs)
    appendToTail(bytes[cut...])
  }

  /// Ends a stretch of text: the cell ended, or something else came.
  mutating func finish(_ outputs: inout [CellOutput]) {
    guard isFull, !tail.isEmpty else { return }
    trimTail()
    if omittedBytes > 0 {
      outputs.append(.omitted(lines: omittedLines, bytes: omittedBytes))
      outputs.append(.text(String(decoding: tail, as: UTF8.self)))
    } else {
      Self.add(String(decoding: tail, as: UTF8.self), to: &outputs)
    }
    // Another stretch of the same cell starts with nothing left of the head.
    tail = []
    omittedBytes = 0
    omittedLines = 0
  }

  private mutating func appendToTail(_ bytes: some Collection<UInt8>) {
    tail += bytes
    if tail.count > 4 * Self.tailLimit { trimTail() }
  }

  private mutating func trimTail() {
    guard tail.count > Self.tailLimit else { return }
    let cut = Self.cut(tail[..<(tail.count - Self.tailLimit)])
    omittedBytes += cut
    omittedLines += tail[..<cut].count { $0 == UInt8(ascii: "\n") }
    tail.removeFirst(cut)
  }

  private static func add(_ text: String, to outputs: inout [CellOutput]) {
    if case .text(let before) = outputs.last {
      outputs[outputs.count - 1] = .text(before + text)
    } else if !text.isEmpty {
      outputs.append(.text(text))
    }
  }

  /// Where to cut at the latest: behind a line end, or where no character is cut in two.
  private static func cut(_ bytes: ArraySlice<UInt8>) -> Int {
    if let end = bytes.lastIndex(of: UInt8(ascii: "\n")) { return end + 1 }
    if bytes.count < shortLine { return bytes.startIndex }
    return bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.startIndex
  }
}

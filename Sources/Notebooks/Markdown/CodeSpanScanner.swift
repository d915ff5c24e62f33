/// Finds where code spans end.
struct CodeSpanScanner {
  /// Lengths of runs of backticks for which there is no partner in the rest of the text: without this
  /// memory, a text of many lengths would be read once for each run.
  private var withoutPartner: Set<Int> = []

  /// End of the code span that begins at a run of backticks, or of the run if none does.
  mutating func end(in bytes: [UInt8], at start: Int) -> Int {
    let opening = InlineMask.end(ofRunAt: start, in: bytes)
    guard !withoutPartner.contains(opening - start) else { return opening }
    var index = opening
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let run = InlineMask.end(ofRunAt: index, in: bytes)
      if run - index == opening - start { return run }
      index = run
    }
    withoutPartner.insert(opening - start)
    return opening
  }
}

extension Collection<UInt8> {
  /// Where a text stands for the first time.
  ///
  /// Foundation has the like for strings, but bridges them to `NSString` to compare as its locale
  /// would have it: that took a tenth of the time of reading a notebook.
  func firstRange(of text: StaticString) -> Range<Index>? {
    text.withUTF8Buffer { firstRange(ofBytes: $0) }
  }

  func firstRange(ofBytes wanted: some Collection<UInt8>) -> Range<Index>? {
    guard let first = wanted.first else { return nil }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first) {
      var end = found
      var rest = wanted[...]
      while end < endIndex, let next = rest.first, self[end] == next {
        end = index(after: end)
        rest = rest.dropFirst()
      }
      if rest.isEmpty { return found..<end }
      start = index(after: found)
    }
    return nil
  }
}

/// The tokens, then all pairs of neighbours, then all triples, up to `longest` tokens joined with
/// spaces: what torchtext's `ngrams_iterator` yields.
///
/// Throws (see `attempt`) when `longest` is not positive.
public func ngrams(_ tokens: [String], upTo longest: Int) -> [String] {
  guard longest > 0 else {
    record(TensorError("ngrams", "expected a length above 0, got \(longest)"))
    return []
  }
  var result = tokens
  for length in 1..<max(min(longest, tokens.count), 1) {
    for start in 0..<tokens.count - length {
      result.append(tokens[start...start + length].joined(separator: " "))
    }
  }
  return result
}

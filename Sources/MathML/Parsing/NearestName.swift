/// The known name that a misspelt one was meant to be.
enum NearestName {
  /// Nil when nothing is near: more than a third of the letters would have to change.
  static func of<Names: Sequence>(_ name: String, in known: Names) -> String?
  where Names.Element == String {
    let letters = Array(name.unicodeScalars)
    // Long nonsense is no slip of the finger, and costs time.
    guard (2...24).contains(letters.count) else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in known {
      let distance = distance(letters, Array(candidate.unicodeScalars))
      // Ties go to the first in the alphabet, so that the message is always the same.
      if let best, (best.distance, best.name) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    guard let best, best.distance <= max(1, letters.count / 3) else { return nil }
    return best.name
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if abs(a.count - b.count) > 8 { return Int.max }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}

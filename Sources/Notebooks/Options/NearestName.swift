/// The name an author most likely meant.
enum NearestName {
  /// - Returns: ` did you mean 'NAME'?`, or a list of all names where none is near.
  static func hint(for wrong: String, among names: [String]) -> String {
    let ranked = names.map { (name: $0, distance: distance(wrong.lowercased(), $0)) }
    let best = ranked.min { $0.distance < $1.distance }
    if let best, best.distance <= max(2, wrong.count / 3) {
      return "did you mean '\(best.name)'?"
    }
    return "there are \(names.map { "'\($0)'" }.joined(separator: ", "))"
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(64))
    let right = Array(right.utf8.prefix(64))
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
      var next = [row + 1]
      for column in right.indices {
        let same = left[row] == right[column]
        var best = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        next.append(best)
      }
      beforeLast = last
      last = next
    }
    return last[right.count]
  }
}

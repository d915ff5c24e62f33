/// Which rows belong to which time step.
///
/// All steps of a batch lie in one matrix (rows, features), step after step, and inside a step the
/// sequences by falling length. So the sequences still running at step t are the first
/// `batchSizes[t]` rows of the step: the active prefix shrinks, and nothing is cut or joined. A
/// batch without padding is the case where all steps have the same size.
struct StepPlan {
  let batchSizes: [Int]
  /// The first row of each step.
  let starts: [Int]
  /// The number of sequences, at least `batchSizes[0]`; the rest have no steps at all.
  let batch: Int
  /// The number of rows of all steps.
  let rowCount: Int

  init(batchSizes: [Int], batch: Int) {
    self.batchSizes = batchSizes
    self.batch = batch
    var (starts, total) = ([Int](), 0)
    for size in batchSizes {
      starts.append(total)
      total += size
    }
    self.starts = starts
    rowCount = total
  }

  /// The steps in the order of computation.
  func order(_ isReverse: Bool) -> [Int] {
    isReverse ? Array(batchSizes.indices.reversed()) : Array(batchSizes.indices)
  }

  /// For step `t`: the step computed before it, and how many of its rows come from there; the other
  /// rows start here, from the initial state.
  func source(_ t: Int, _ isReverse: Bool) -> (step: Int, rows: Int) {
    let before = isReverse ? t + 1 : t - 1
    guard batchSizes.indices.contains(before) else { return (before, 0) }
    return (before, min(batchSizes[before], batchSizes[t]))
  }
}

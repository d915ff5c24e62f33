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
    starts.reserveCapacity(batchSizes.count)
    for size in batchSizes {
      starts.append(total)
      total += size
    }
    self.starts = starts
    rowCount = total
  }

  /// The number of steps.
  var count: Int { batchSizes.count }

  /// For step `t`: the step computed before it, and how many of its rows come from there; the other
  /// rows start here, from the initial state.
  @inline(__always)
  func source(_ t: Int, _ isReverse: Bool) -> (step: Int, rows: Int) {
    let before = isReverse ? t + 1 : t - 1
    guard before >= 0 && before < batchSizes.count else { return (before, 0) }
    return (before, min(batchSizes[before], batchSizes[t]))
  }

  /// Calls `body(row, first, count)` for stretches of sequences `first ..< first + count` whose last
  /// computed rows start at `row`; the sequences without steps have the row -1.
  func forEachLast(_ isReverse: Bool, _ body: (_ row: Int, _ first: Int, _ count: Int) -> Void) {
    var running = batch
    if isReverse {
      running = batchSizes.first ?? 0
      if running > 0 { body(0, 0, running) }
      if running < batch { body(-1, running, batch - running) }
      return
    }
    for t in 0...batchSizes.count {
      let next = t < batchSizes.count ? batchSizes[t] : 0
      guard next < running else { continue }
      body(t == 0 ? -1 : starts[t - 1] + next, next, running - next)
      running = next
    }
  }

  /// Calls `body(row, before, count)` for the longest stretches of rows whose rows of the step computed
  /// before them also lie side by side.
  func forEachPair(_ isReverse: Bool, _ body: (_ row: Int, _ before: Int, _ count: Int) -> Void) {
    var (row, before, count) = (0, 0, 0)
    for t in 0..<batchSizes.count {
      let (step, rows) = source(t, isReverse)
      guard rows > 0 else { continue }
      if count > 0 && row + count == starts[t] && before + count == starts[step] {
        count += rows
        continue
      }
      if count > 0 { body(row, before, count) }
      (row, before, count) = (starts[t], starts[step], rows)
    }
    if count > 0 { body(row, before, count) }
  }

  /// Calls `body(row, first, count)` for the rows that start from the initial states of the sequences
  /// `first ..< first + count`.
  func forEachFirst(_ isReverse: Bool, _ body: (_ row: Int, _ first: Int, _ count: Int) -> Void) {
    for t in 0..<batchSizes.count {
      let carried = source(t, isReverse).rows
      if carried < batchSizes[t] { body(starts[t] + carried, carried, batchSizes[t] - carried) }
    }
  }

  /// How many sequences one task takes through all steps. It depends on the sizes alone, so that
  /// results do not depend on the number of threads; eight rows fill a block of the product's kernel.
  func taskRows(_ kind: RecurrentKind, _ hidden: Int) -> Int {
    let work = rowCount * kind.gateCount * hidden * (hidden + 16)
    guard work > 1 << 18 else { return max(batch, 1) }
    return max(8, min(64, (batch / 2 + 7) / 8 * 8))
  }
}

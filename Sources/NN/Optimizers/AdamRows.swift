import CKernels

/// A table that Adam moves by rows: how many steps each row has taken, and what the steps were.
///
/// The rows that a batch did not use are left behind. Their steps have a gradient of zero and are
/// taken when the row is next read, one after the other with the operations of a step in its time, so
/// nobody can tell the difference. `ck_adam_table` says how.
///
/// While rows are behind, the storages of the table and of both means refer to this object and it to
/// them; `settle()` unties that.
final class AdamRows: DeferredUpdates {
  private let value: Storage
  private let mean: Storage
  private let square: Storage
  private let layout: Layout
  private var table: ck_adam_table
  private let count: Int
  private let last: Storage
  private var steps: UnsafeMutablePointer<ck_adam_step>
  private var capacity = 1024

  /// Steps are counted in 32 bits.
  static let mostSteps = Int(Int32.max) - 1
  /// All rows catch up when the list of steps has grown to this.
  nonisolated(unsafe) static var longestList = 1 << 17

  /// All rows are up to date with the steps of `memory`.
  init(_ value: Tensor, _ memory: OptimizerMemory, _ rule: ck_adam_rule) throws(TensorError) {
    layout = value.layout
    count = layout.shape[0]
    let width = count == 0 ? 0 : layout.count / count
    self.value = value.storage
    (mean, square) = (memory.tensors[0].storage, memory.tensors[1].storage)
    last = try Storage(byteCount: count * 4)
    let marks = last.block.assumingMemoryBound(to: Int32.self)
    // Before the first step no row has had a gradient, which `~` says.
    marks.initialize(
      repeating: memory.steps == 0 ? ~0 : Int32(truncatingIfNeeded: memory.steps), count: count)
    steps = .allocate(capacity: capacity)
    table = ck_adam_table(
      p: value.storage.block.assumingMemoryBound(to: Float.self) + layout.offset,
      m: mean.block.assumingMemoryBound(to: Float.self),
      v: square.block.assumingMemoryBound(to: Float.self), last: marks, steps: steps, width: width,
      first: memory.steps + 1, now: memory.steps, rule: rule)
  }

  deinit { steps.deallocate() }

  /// Whether steps after this rule can be added to the list.
  func follows(_ rule: ck_adam_rule) -> Bool {
    rule.decays == table.rule.decays && rule.beta2 == table.rule.beta2
  }

  /// One step: with `gradient` for its rows, with zero for the others.
  func step(_ gradient: RowGradient, _ step: ck_adam_step) {
    // Anything else that is owed to the table comes first.
    if value.deferred !== self { value.settle() }
    if table.now - table.first >= AdamRows.longestList { settle() }
    for storage in [value, mean, square] where storage.deferred == nil { storage.deferred = self }
    append(step)
    gradient.rows.withUnsafeBufferPointer { rows in
      ck_adam_step_rows(&table, rows.baseAddress, rows.count, gradient.block.pointer())
    }
  }

  private func append(_ step: ck_adam_step) {
    let length = table.now + 1 - table.first
    if length == capacity {
      let longer = UnsafeMutablePointer<ck_adam_step>.allocate(capacity: 2 * capacity)
      longer.update(from: steps, count: length)
      steps.deallocate()
      (steps, capacity) = (longer, 2 * capacity)
      table.steps = UnsafePointer(longer)
    }
    steps[length] = step
    table.now += 1
  }

  func settle() {
    ck_adam_step_rows(&table, nil, count, nil)
    table.first = table.now + 1
    for storage in [value, mean, square] where storage.deferred === self { storage.deferred = nil }
  }

  func settle(_ rows: UnsafeBufferPointer<Int>, of layout: Layout) {
    guard layout.isContiguous, layout.offset == self.layout.offset,
      layout.shape == self.layout.shape
    else { return settle() }
    ck_adam_step_rows(&table, rows.baseAddress, rows.count, nil)
  }
}

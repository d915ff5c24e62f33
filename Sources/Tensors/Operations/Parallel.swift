import CKernels

/// Calls `task(i)` for i in 0 ..< count, each once, on as many threads as the library may use.
///
/// The cut into tasks must not depend on the number of threads, and a task must write memory of its
/// own: then neither do the results. Tasks work on pointers; they make no tensors.
package func inParallel(_ count: Int, _ task: (Int) -> Void) {
  withoutActuallyEscaping(task) { task in
    var task = task
    withUnsafeMutablePointer(to: &task) { pointer in
      ck_parallel(
        count,
        { context, i in
          guard let context else { return }
          context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(i)
        }, pointer)
    }
  }
}

/// As `inParallel(count) {…}` over the stretches of 0 ..< count that are `stride` long.
package func inParallel(over count: Int, by stride: Int, _ task: (Range<Int>) -> Void) {
  if count <= stride { return count > 0 ? task(0..<count) : () }
  inParallel((count + stride - 1) / stride) { i in
    task(i * stride..<Swift.min(count, (i + 1) * stride))
  }
}

/// How many elements of a loop a task takes, and how many there must be for tasks to pay.
let parallelStretch = 1 << 16
let parallelLimit = 1 << 17

/// The rows of such a task.
func rowStretch(_ length: Int) -> Int { max(parallelStretch / max(length, 1), 1) }

extension Tensor {
  /// Some elements of a contiguous tensor, as a vector.
  fileprivate final func stretch(_ part: Range<Int>) -> Tensor {
    view(
      Layout(
        shape: Extents(part.count), strides: Extents(1), offset: layout.offset + part.lowerBound))
  }
}

// A loop over elements is inlined with its function, which a closure for the threads would prevent.
// So the operands are cut, and each task runs the whole operation on its part.

/// Calls `body(x, out)`, in parallel on parts of them when they are contiguous and large.
func inStretches(_ x: Tensor, _ out: Tensor, _ body: (Tensor, Tensor) -> Void) {
  let count = out.layout.count
  guard count >= parallelLimit, x.layout.isContiguous, x.layout.count == count else {
    return body(x, out)
  }
  for tensor in [x, out] { _ = tensor.storage.base }
  inParallel(over: count, by: parallelStretch) { body(x.stretch($0), out.stretch($0)) }
}

/// Calls `body(a, b, out)`, in parallel on parts of them when they are contiguous and large; one of
/// `a` and `b` may have a single element.
func inStretches(
  _ a: Tensor, _ b: Tensor, _ out: Tensor, _ body: (Tensor, Tensor, Tensor) -> Void
) {
  let count = out.layout.count
  guard count >= parallelLimit, out.layout.isContiguous, a.layout.isContiguous,
    a.layout.count == count, b.layout.isContiguous,
    b.layout.count == count || b.layout.count == 1
  else { return body(a, b, out) }
  // What is owed to the memory is settled here, not in the tasks.
  for tensor in [a, b, out] { _ = tensor.storage.base }
  let isSingle = b.layout.count == 1
  inParallel(over: count, by: parallelStretch) {
    body(a.stretch($0), isSingle ? b : b.stretch($0), out.stretch($0))
  }
}

/// The number of threads the library uses, at first that of the processor's cores
/// (`torch.get_num_threads`). Results do not depend on it.
public func threadCount() -> Int { Int(ck_thread_count()) }

/// Sets the number of threads; more than 64 count as 64 (`torch.set_num_threads`). Throws (see
/// `attempt`) unless it is 1 or more.
public func setThreadCount(_ count: Int) {
  guard count >= 1 else {
    return record(
      TensorError("setThreadCount", expected: "1 thread or more", actual: "\(count)"))
  }
  ck_set_thread_count(Int32(clamping: count))
}

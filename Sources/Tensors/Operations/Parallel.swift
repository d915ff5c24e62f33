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

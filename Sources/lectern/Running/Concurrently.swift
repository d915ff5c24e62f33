import Glibc
import Synchronization

/// Works on several items at the same time, each on a thread that mostly waits for a worker process.
///
/// After Ctrl-C no further item is begun.
func concurrently<Item: Sendable>(
  _ items: [Item], jobs: Int, body: @escaping (Item) -> RunOutcome
) -> RunOutcome {
  let queue = WorkQueue(items: items, body: body)
  let threads = (1..<max(1, min(jobs, items.count))).compactMap { _ in
    JoinableThread { queue.work() }
  }
  queue.work()
  threads.forEach { $0.join() }
  return queue.outcome
}

private final class WorkQueue<Item: Sendable>: @unchecked Sendable {
  private let body: (Item) -> RunOutcome
  private let state: Mutex<(items: ArraySlice<Item>, outcome: RunOutcome)>

  init(items: [Item], body: @escaping (Item) -> RunOutcome) {
    self.body = body
    state = Mutex((items[...], RunOutcome()))
  }

  var outcome: RunOutcome { state.withLock { $0.outcome } }

  func work() {
    while Interrupts.count == 0, let item = state.withLock({ $0.items.popFirst() }) {
      let result = body(item)
      state.withLock { $0.outcome.add(result) }
    }
    if Interrupts.count > 0 { state.withLock { $0.outcome.isInterrupted = true } }
  }
}

/// A thread one can wait for.
private struct JoinableThread {
  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
      self.body = body
    }
  }

  private var thread = pthread_t()

  init?(_ body: @escaping () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      work.release()
      return nil
    }
  }

  func join() { pthread_join(thread, nil) }
}

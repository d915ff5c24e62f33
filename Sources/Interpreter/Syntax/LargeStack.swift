import Foundation

/// Runs something that recurses as deeply as its input is nested, wherever it is called from: threads
/// other than the main one have small stacks.
enum LargeStack {
  static let size = 256 << 20

  static func run<T>(_ body: @escaping () -> T) -> T {
    nonisolated(unsafe) var result: T?
    nonisolated(unsafe) let body = body
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      result = body()
      done.signal()
    }
    thread.stackSize = size
    thread.start()
    done.wait()
    guard let result else { return body() }
    return result
  }
}

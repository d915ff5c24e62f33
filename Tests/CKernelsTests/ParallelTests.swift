import CKernels
import Foundation
import XCTest

/// The pool: every task once, whoever calls, from wherever.
final class ParallelTests: XCTestCase {
  private var before: Int32 = 1

  override func setUp() { before = ck_thread_count() }
  override func tearDown() { ck_set_thread_count(before) }

  /// A counter for each task; a task writes only its own.
  private final class Counters {
    let counts: UnsafeMutableBufferPointer<Int32>
    init(_ count: Int) {
      counts = .allocate(capacity: count)
      counts.initialize(repeating: 0)
    }
    deinit { counts.deallocate() }
  }

  private func runCounting(_ count: Int) -> Bool {
    let counters = Counters(max(count, 0))
    ck_parallel(
      count,
      { context, i in
        guard let context else { return }
        Unmanaged<Counters>.fromOpaque(context).takeUnretainedValue().counts[i] += 1
      }, Unmanaged.passUnretained(counters).toOpaque())
    return counters.counts.allSatisfy { $0 == 1 }
  }

  func testEveryTaskRunsOnce() {
    for threads in [1, 2, 3, 8, 64, 1000] as [Int32] {
      ck_set_thread_count(threads)
      for count in [0, -1, .min, 1, 2, 3, 63, 64, 65, 5000] {
        XCTAssertTrue(runCounting(count), "\(count) tasks on \(threads) threads")
      }
    }
    ck_set_thread_count(-5)
    XCTAssertEqual(ck_thread_count(), 1)
  }

  /// Calls in quick succession meet workers that watch, calls after a pause such that sleep, and a
  /// worker that comes late must not take part in the wrong call.
  func testManyCalls() {
    for threads in [2, 3, 7] as [Int32] {
      ck_set_thread_count(threads)
      for i in 0..<3000 {
        XCTAssertTrue(runCounting(1 + i % 9))
        if i % 300 == 0 { usleep(2000) }
      }
    }
  }

  /// The number of threads may change between any two calls.
  func testChangingThreadCounts() {
    for i in 0..<500 {
      ck_set_thread_count(Int32(1 + i % 5))
      XCTAssertTrue(runCounting(1 + i % 11))
    }
  }

  func testNestedCalls() {
    ck_set_thread_count(3)
    final class Grid {
      let cells = UnsafeMutablePointer<Int32>.allocate(capacity: 50 * 50)
      var row = 0
      init() { cells.initialize(repeating: 0, count: 50 * 50) }
      deinit { cells.deallocate() }
    }
    let grid = Grid()
    ck_parallel(
      50,
      { context, i in
        guard let context else { return }
        let cells = Unmanaged<Grid>.fromOpaque(context).takeUnretainedValue().cells
        ck_parallel(
          50,
          { row, j in
            row?.assumingMemoryBound(to: Int32.self)[j] += 1
          }, cells + 50 * i)
      }, Unmanaged.passUnretained(grid).toOpaque())
    for i in 0..<2500 { XCTAssertEqual(grid.cells[i], 1) }
  }

  /// Several threads that know nothing of each other.
  func testConcurrentCallers() {
    ck_set_thread_count(3)
    let failures = Counters(4)
    let threads = (0..<4).map { number in
      let thread = Thread {
        for i in 0..<1000 where !self.runCounting(2 + i % 7) { failures.counts[number] += 1 }
        failures.counts[number] += 1000
      }
      thread.start()
      return thread
    }
    while !threads.allSatisfy({ $0.isFinished }) { usleep(1000) }
    for number in 0..<4 { XCTAssertEqual(failures.counts[number], 1000) }
  }

  /// A task treats denormal numbers as its caller does, on whichever thread it runs.
  func testDenormalNumbers() {
    for flushes in [false, true] {
      ck_set_thread_count(3)
      // Numbers that only memory knows: a constant product would be computed when this is compiled.
      var products = Array(repeating: Float(1e-30), count: 400)
      let state = flushes ? ck_flush_denormals() : ck_float_state()
      products.withUnsafeMutableBufferPointer {
        ck_parallel(
          400,
          { products, i in
            guard let products = products?.assumingMemoryBound(to: Float.self) else { return }
            products[i] *= 1e-10
            usleep(10)
          }, $0.baseAddress)
      }
      ck_restore(state)
      for product in products { XCTAssertEqual(product == 0, flushes) }
    }
  }

  /// A child process has none of the workers, and makes its own.
  func testFork() throws {
    ck_set_thread_count(3)
    XCTAssertTrue(runCounting(100))
    typealias Fork = @convention(c) () -> Int32
    // Swift hides it; whoever embeds the library may well call it.
    let symbol = try XCTUnwrap(dlsym(UnsafeMutableRawPointer(bitPattern: 0), "fork"))
    let child = unsafeBitCast(symbol, to: Fork.self)()
    if child == 0 {
      var count = 0
      for i in 0..<200 where runCounting(50 + i) { count += 1 }
      _exit(count == 200 ? 0 : 1)
    }
    var status: Int32 = -1
    XCTAssertEqual(waitpid(child, &status, 0), child)
    XCTAssertEqual(status, 0)
  }
}

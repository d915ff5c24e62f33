// The measurements: speed, losses and memory of one workload.

import NN

/// The named workload with its weights from seed 0, on so many threads.
private func prepared(_ name: String, threads: Int) throws -> any Workload {
  setThreadCount(threads)
  manualSeed(0)
  guard let entry = (catalogue + extras).first(where: { $0.name == name }) else {
    throw UsageError("there is no workload \(name)")
  }
  return entry.make()
}

/// A line that begins as all do.
private func line(_ name: String, _ threads: Int) -> ResultLine {
  var line = ResultLine()
  line.add("workload", name)
  line.add("threads", threads)
  return line
}

/// The time of the workload's steps after a quarter as many, at most 50, to warm up.
func measureSpeed(_ name: String, threads: Int, scale: Double) throws {
  let workload = try prepared(name, threads: threads)
  let scaled = (Double(workload.steps) * scale).rounded(.toNearestOrEven)
  let steps = Int(min(max(1, scaled), 1e9))
  _ = workload.run(max(1, min(steps / 4, 50)), from: 0)
  let faults = ProcessUsage.pageFaults
  let start = seconds()
  let phases = workload.run(steps, from: 0)
  let elapsed = seconds() - start
  let newFaults = ProcessUsage.pageFaults - faults

  var line = line(name, threads)
  let count = Double(steps)
  line.add("steps", steps)
  line.add("steps_per_s", count / elapsed)
  line.add("examples_per_s", count * Double(workload.examples) / elapsed)
  line.add("ms_per_step", 1e3 * elapsed / count)
  if let phases {
    let parts = [
      ("fwd", phases.forward), ("bwd", phases.backward), ("opt", phases.optimizer),
    ]
    for (part, time) in parts { line.add("\(part)_ms", 1e3 * time / count) }
    for (part, time) in parts { line.add("\(part)_share", time / elapsed, digits: 3) }
  }
  line.add("gflop_per_step", workload.flops / 1e9)
  if workload.flops > 0 { line.add("gflop_per_s", workload.flops * count / elapsed / 1e9) }
  if workload.bytes > 0 { line.add("gbyte_per_s", workload.bytes * count / elapsed / 1e9) }
  line.add("peak_rss_mb", ProcessUsage.peakMegabytes)
  line.add("page_faults_per_step", Double(newFaults) / count)
  if let loss = workload.loss { line.add("loss", loss, digits: 9) }
  line.print()
}

/// The losses of the first steps, to be compared with the other side's.
func measureLosses(_ name: String, threads: Int, steps: Int) throws {
  let workload = try prepared(name, threads: threads)
  var losses: [Double] = []
  for i in 0..<steps {
    _ = workload.run(1, from: i)
    if let loss = workload.loss { losses.append(loss) }
  }
  var line = line(name, threads)
  line.add("losses", losses, digits: 9)
  line.print()
}

/// The memory after 1, 10, 100, … and all steps. Returns whether the last nine tenths of the steps
/// left it as it was, but for a megabyte or a hundredth.
func measureMemory(_ name: String, threads: Int, steps: Int) throws -> Bool {
  let workload = try prepared(name, threads: threads)
  var sizes: [Double] = []
  var (done, next) = (0, 1)
  while done < steps {
    next = min(next, steps)
    _ = workload.run(next - done, from: done)
    done = next
    let resident = ProcessUsage.residentMegabytes ?? ProcessUsage.peakMegabytes
    sizes.append(resident)
    var line = line(name, threads)
    line.add("steps", done)
    line.add("rss_mb", resident)
    line.add("peak_rss_mb", ProcessUsage.peakMegabytes)
    line.print()
    next = next > Int.max / 10 ? steps : next * 10
  }
  let before = sizes.dropLast().last ?? sizes[0]
  return sizes[sizes.count - 1] <= before + max(1, before / 100)
}

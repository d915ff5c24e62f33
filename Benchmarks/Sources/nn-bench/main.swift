// The speed of the library on the workloads of `perf_torch.py`: the same data, models and steps.
// One JSON line for each workload and number of threads; README.md says what the keys mean.

import Foundation
import NN

func run(_ options: Options) throws -> Int32 {
  if options.wantsHelp {
    print(Options.usage)
    return 0
  }
  var status: Int32 = 0
  for threads in options.threads {
    for name in options.names {
      if options.isIsolated {
        let result = try runAgain(options.arguments(name, threads: threads))
        if result != 0 { status = result }
        continue
      }
      switch options.mode {
      case .speed: try measureSpeed(name, threads: threads, scale: options.scale)
      case .losses(let steps): try measureLosses(name, threads: threads, steps: steps)
      case .memory(let steps):
        if try !measureMemory(name, threads: threads, steps: steps) { status = 1 }
      }
    }
  }
  return status
}

do {
  exit(try run(Options(Array(CommandLine.arguments.dropFirst()))))
} catch {
  FileHandle.standardError.write(Data("nn-bench: \(error)\n".utf8))
  exit(2)
}

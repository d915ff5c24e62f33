// What the operating system knows of this process.

import Foundation

/// Counters of this process since its start.
struct ProcessUsage {
  /// Pages that were given to the process without reading them from a disk.
  let pageFaults: Int
  /// The most memory that was resident, in MB of 10^6 bytes.
  let peakMegabytes: Double

  /// The counters now.
  static var now: ProcessUsage {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      let peak = Double(usage.ru_maxrss) / 1e6
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      // ru_maxrss would count the process that started this one, whose memory it shared at first.
      let peak = status("VmHWM") ?? Double(usage.ru_maxrss) * 1024 / 1e6
    #endif
    return ProcessUsage(pageFaults: usage.ru_minflt, peakMegabytes: peak)
  }

  /// Memory that is resident now, in MB; nil where the system does not tell it as Linux does.
  static var residentMegabytes: Double? { status("VmRSS") }

  /// A line of /proc/self/status, in MB.
  private static func status(_ name: String) -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
      let fields = line.split { $0 == " " || $0 == "\t" }
      return fields.count > 1 ? Double(fields[1]).map { $0 * 1024 / 1e6 } : nil
    }
    return nil
  }
}

/// Runs this program again with other arguments; its output goes where this one's does.
/// Returns the exit status.
func runAgain(_ arguments: [String]) throws -> Int32 {
  let process = Process()
  process.executableURL = Bundle.main.executableURL
  process.arguments = arguments
  try process.run()
  process.waitUntilExit()
  return process.terminationReason == .exit ? process.terminationStatus : 1
}

// What the operating system knows of this process.

import Foundation

/// Counters of this process.
enum ProcessUsage {
  /// Pages that were given to the process so far without reading them from a disk.
  static var pageFaults: Int { Int(counters.ru_minflt) }

  /// The most memory that was resident so far, in MB of 10^6 bytes.
  static var peakMegabytes: Double {
    #if canImport(Darwin)
      return Double(counters.ru_maxrss) / 1e6
    #else
      // ru_maxrss would count the process that started this one, whose memory it shared at first.
      return status("VmHWM") ?? Double(counters.ru_maxrss) * 1024 / 1e6
    #endif
  }

  private static var counters: rusage {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return usage
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

// The interpreter against CPython: the same program in both, alternating, median of the ratios.
//
//   swift run -c release --package-path Benchmarks language-bench [--runs 5] [LECTERN]
//
// Prints one JSON line a program and exits with status 1 when the outputs differ or a program takes
// more than a third of CPython's time.
import Foundation

let programs = ["fib", "loop"]
var runs = 5
var lectern = ".build/release/lectern"
var rest = Array(CommandLine.arguments.dropFirst())
while let argument = rest.first {
  rest.removeFirst()
  if argument == "--runs", let value = rest.first.flatMap(Int.init) {
    runs = max(1, value)
    rest.removeFirst()
  } else {
    lectern = argument
  }
}

struct Measurement {
  var seconds: Double
  var output: String
  var status: Int32
}

func measure(_ program: String, _ arguments: [String]) throws -> Measurement {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  let start = DispatchTime.now().uptimeNanoseconds
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  return Measurement(
    seconds: seconds, output: String(decoding: data, as: UTF8.self),
    status: process.terminationStatus)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../Programs").standardizedFileURL.path
var failed = false
for name in programs {
  do {
    let ours = [lectern, ["run", "\(folder)/\(name).swift"]] as [Any]
    let theirs = ["/usr/bin/env", ["python3", "\(folder)/\(name).py"]] as [Any]
    func run(_ command: [Any]) throws -> Measurement {
      try measure(command[0] as? String ?? "", command[1] as? [String] ?? [])
    }
    _ = try run(ours)  // once to warm the file cache, uncounted
    var ratios: [Double] = []
    var times: [(Double, Double)] = []
    for _ in 0..<runs {
      let a = try run(ours)
      let b = try run(theirs)
      if a.output != b.output || a.status != 0 {
        print("\(name): outputs differ: \(a.output.prefix(80)) \(b.output.prefix(80))")
        failed = true
      }
      ratios.append(b.seconds / a.seconds)
      times.append((a.seconds, b.seconds))
    }
    let ratio = median(ratios)
    let line = String(
      format:
        #"{"program": "%@", "lectern_s": %.3f, "cpython_s": %.3f, "ratio": %.2f, "runs": %d}"#,
      name, median(times.map(\.0)), median(times.map(\.1)), ratio, runs)
    print(line)
    if ratio < 3 { failed = true }
  } catch {
    print("\(name): \(error)")
    failed = true
  }
}
exit(failed ? 1 : 0)

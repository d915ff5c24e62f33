/// What is said about wrong arguments.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The command line.
struct Options {
  /// What is measured.
  enum Mode {
    case speed
    case losses(steps: Int)
    case memory(steps: Int)
  }

  static let usage = """
    usage: nn-bench [--only NAME,…] [--threads 2,1] [--scale 1] [--isolate]
                    [--losses STEPS | --memory STEPS]

      --only      workloads; all without it. Also: imdb_bilstm2_padded
      --threads   the numbers of threads, one after the other
      --scale     multiplies the number of timed steps
      --isolate   each workload in a process of its own, so that peak memory is its own
      --losses    instead: the losses of the first steps
      --memory    instead: the memory after 1, 10, 100, … steps; status 1 when it still grows
    """

  var mode = Mode.speed
  var names: [String] = []
  var threads = [2, 1]
  var scale = 1.0
  var isIsolated = false
  var wantsHelp = false

  /// Throws `UsageError` for an unknown option, a missing or a wrong value.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value<T>(_ option: String, _ convert: (String) -> T?) throws -> T {
      guard let text = rest.popFirst(), let value = convert(text) else {
        throw UsageError("\(option) needs a value that makes sense")
      }
      return value
    }
    func count(_ text: String) -> Int? {
      guard let number = Int(text), number > 0, number <= 1_000_000_000 else { return nil }
      return number
    }
    while let option = rest.popFirst() {
      switch option {
      case "--only": names = try value(option) { $0.split(separator: ",").map(String.init) }
      case "--threads":
        threads = try value(option) { text in
          let numbers = text.split(separator: ",").map { count(String($0)) }
          return numbers.isEmpty || numbers.contains(nil) ? nil : numbers.compactMap { $0 }
        }
      case "--scale":
        scale = try value(option) { Double($0).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }
      case "--losses": mode = .losses(steps: try value(option, count))
      case "--memory": mode = .memory(steps: try value(option, count))
      case "--isolate": isIsolated = true
      case "--help", "-h": wantsHelp = true
      default: throw UsageError("there is no option \(option)")
      }
    }
    if names.isEmpty { names = catalogue.map { $0.name } }
    let known = (catalogue + extras).map { $0.name }
    for name in names where !known.contains(name) {
      throw UsageError("there is no workload \(name); there are \(known.joined(separator: ", "))")
    }
  }

  /// The arguments for one workload in a process of its own.
  func arguments(_ name: String, threads: Int) -> [String] {
    let one = ["--only", name, "--threads", "\(threads)"]
    switch mode {
    case .speed: return one + ["--scale", "\(scale)"]
    case .losses(let steps): return one + ["--losses", "\(steps)"]
    case .memory(let steps): return one + ["--memory", "\(steps)"]
    }
  }
}

import ArgumentParser

/// Flags that more than one command takes.
struct SharedOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false
}

/// Flags of the commands that run something.
struct RunningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Stop a notebook or script that runs longer than this.", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    if let timeout, !(timeout > 0 && timeout.isFinite) {
      throw ValidationError("'--timeout' takes a number of seconds above 0.")
    }
  }
}

/// Flags of the commands that can work on several notebooks at the same time.
struct ParallelOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many notebooks to work on at the same time.", valueName: "n"))
  var jobs = 1

  func validate() throws {
    if jobs < 1 { throw ValidationError("'--jobs' takes a number from 1.") }
  }
}

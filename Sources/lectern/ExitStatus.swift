/// How a command ends, thrown when it is not with 0.
enum ExitStatus: Int32, Error {
  /// A cell failed, a notebook has an error, or a program does not compile.
  case failed = 1
  /// Wrong options, or a path that leads to no notebook.
  case wrongUsage = 2
  /// Ctrl-C.
  case interrupted = 130
}

/// Something about the arguments that only shows when they are used: a file that does not exist.
struct WrongUsage: Error {
  var message: String
}

/// A script ended with `exit(_:)`.
struct ScriptExit: Error {
  var status: Int32
}

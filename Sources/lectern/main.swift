import ArgumentParser
import Glibc

/// The exit status of every command is decided here: see `ExitStatus`.
do {
  signal(SIGPIPE, SIG_IGN)
  Interrupts.listen()
  var command = try Lectern.parseAsRoot()
  try command.run()
  StandardOutput.shared.flush()
} catch let script as ScriptExit {
  StandardOutput.shared.flush()
  exit(script.status)
} catch let usage as WrongUsage {
  StandardError.write("error: \(usage.message)\n")
  exit(ExitStatus.wrongUsage.rawValue)
} catch let status as ExitStatus {
  StandardOutput.shared.flush()
  exit(status.rawValue)
} catch {
  let status = Lectern.exitCode(for: error)
  let message = Lectern.fullMessage(for: error)
  if status.isSuccess {
    StandardOutput.shared.write(message + "\n")
    StandardOutput.shared.flush()
  } else {
    StandardError.write(message + "\n")
  }
  // ArgumentParser's own status for wrong usage is 64.
  exit(status == .validationFailure ? ExitStatus.wrongUsage.rawValue : status.rawValue)
}

import Glibc

/// The process in which the cells of one notebook run.
///
/// Its parent talks to it through two pipes, so that nothing that native code writes to the standard
/// streams can come between them: one carries the request and then commands, the other the events.
public enum Worker {
  /// Where the parent puts the ends of the pipes.
  static let eventDescriptor: Int32 = 3
  static let commandDescriptor: Int32 = 4
  /// The line that asks for a stop at the next loop or call.
  static let interruptCommand = "interrupt"

  /// Serves one request and ends the process.
  public static func main(session makeSession: SessionFactory) -> Never {
    // A parent that is gone is noticed on the other pipe.
    signal(SIGPIPE, SIG_IGN)
    var commands = LineReader(descriptor: commandDescriptor)
    var received: [ArraySlice<UInt8>] = []
    while received.isEmpty {
      guard let lines = commands.read() else { exit(2) }
      received = lines
    }
    guard let request = EventCoding.message(RunRequest.self, from: received[0]) else { exit(2) }
    let writer = EventWriter(descriptor: eventDescriptor)
    let session = makeSession { writer.print($0) }
    Detached.run { obey(&commands, first: received.dropFirst(), session: session) }
    CellRunner(request, session: session) { writer.send($0) }.run()
    exit(0)
  }

  /// Waits for commands; when the parent is gone, so is the worker.
  private static func obey(
    _ commands: inout LineReader, first: ArraySlice<ArraySlice<UInt8>>, session: any CellSession
  ) {
    var lines: [ArraySlice<UInt8>]? = Array(first)
    while let received = lines {
      for line in received where line.elementsEqual(interruptCommand.utf8) { session.interrupt() }
      lines = commands.read()
    }
    _exit(1)
  }
}

import Glibc
import Synchronization

/// How to start a worker: the program and its arguments.
public struct WorkerCommand: Sendable {
  public var executable: String
  /// Without the program's name.
  public var arguments: [String]

  public init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }
}

/// A worker process and the pipes to it.
///
/// `posix_spawn` and not Foundation's `Process`, which starts threads and a run loop: see the README
/// for how much that costs. The worker leads a process group of its own, so that Ctrl-C in a terminal
/// reaches the parent alone, who decides what it means.
struct WorkerProcess {
  let pid: pid_t
  /// Events are read here.
  let events: Int32
  private let commands: Int32

  /// Held while a worker is started: a pipe is not marked as private in the moment it is made, and one
  /// that another worker inherited would keep this one alive.
  private static let starting = Mutex(())

  init(_ command: WorkerCommand) throws(NotebookProblem) {
    self = try Self.starting.withLock { _ throws(NotebookProblem) in try Self(starting: command) }
  }

  private init(starting command: WorkerCommand) throws(NotebookProblem) {
    // A worker that dies at once closes the pipe that the request is written to.
    signal(SIGPIPE, SIG_IGN)
    guard let eventPipe = Pipe(), let commandPipe = Pipe() else {
      throw Self.failure(errno, command)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    // What native code prints on its own is no output of the notebook, but should not be lost.
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, eventPipe.writing, Worker.eventDescriptor)
    posix_spawn_file_actions_adddup2(&actions, commandPipe.reading, Worker.commandDescriptor)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments = ([command.executable] + command.arguments).map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    arguments.append(nil)
    var environment = Self.environment.map { strdup($0) }
    defer { environment.forEach { free($0) } }
    environment.append(nil)
    var pid = pid_t()
    let error = posix_spawn(&pid, command.executable, &actions, &attributes, arguments, environment)
    close(eventPipe.writing)
    close(commandPipe.reading)
    guard error == 0 else {
      close(eventPipe.reading)
      close(commandPipe.writing)
      throw Self.failure(error, command)
    }
    self.pid = pid
    events = eventPipe.reading
    commands = commandPipe.writing
  }

  func send(_ request: RunRequest) { writeAll(EventCoding.line(request), to: commands) }

  func interrupt() { writeAll((Worker.interruptCommand + "\n").utf8, to: commands) }

  func kill() { _ = Glibc.kill(pid, SIGKILL) }

  /// Waits for the end and gives everything back.
  func wait() -> WorkerEnd {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    close(events)
    close(commands)
    return WorkerEnd(status: status)
  }

  /// The parent's, except that a crash does not print the worker's own stack for seconds, unless
  /// somebody asks for it: it is an error of a cell and tells nothing to its author.
  private static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      variables.append(String(cString: variable))
      next += 1
    }
    if !variables.contains(where: { $0.hasPrefix("SWIFT_BACKTRACE=") }) {
      variables.append("SWIFT_BACKTRACE=enable=no")
    }
    return variables
  }

  private static func failure(_ error: Int32, _ command: WorkerCommand) -> NotebookProblem {
    NotebookProblem(
      .error, "cannot be started as a worker: " + String(cString: strerror(error)),
      path: command.executable)
  }

  /// A pipe whose ends stay in this process, and out of the way of the numbers the worker uses.
  private struct Pipe {
    var reading: Int32
    var writing: Int32

    init?() {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { return nil }
      defer { ends.forEach { close($0) } }
      reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 10)
      writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 10)
      guard reading >= 0, writing >= 0 else { return nil }
    }
  }
}

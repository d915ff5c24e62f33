import Glibc
import Notebooks

extension NotebookRunner {
  /// A runner whose workers are this program again.
  static func inThisProgram(timeout: Double?) -> NotebookRunner {
    NotebookRunner(
      worker: WorkerCommand(executable: programPath, arguments: ["worker"]), timeout: timeout,
      interruptCount: { Interrupts.count })
  }

  private static var programPath: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return CommandLine.arguments[0] }
    return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

import Interpreter

/// The neural-network library, as guest code sees it.
public enum LecternModules {
  /// All modules of the library, for a session. Their tables hold signatures as text, so that
  /// making them costs well under a millisecond.
  public static let all: [NativeModule] = makeLibraryModules()

  /// What goes on from an error that left the library: an error of a library type can be caught by
  /// guest code, errors of the machine pass through, anything else ends the cell.
  static func guestError(_ error: any Error, _ call: NativeCall) -> any Error {
    if let known = libraryError(error, call) { return known }
    let name = String(reflecting: Swift.type(of: error))
    if name.hasPrefix("Interpreter.") { return error }
    return Trap("\(error)", typeName: name.split(separator: ".").last.map(String.init))
  }
}

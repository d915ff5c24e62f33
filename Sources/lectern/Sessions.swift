import Bindings
import Interpreter

/// The one place where sessions are made: what cells and scripts can import is decided here.
func makeSession(output: @escaping (String) -> Void) -> Session {
  Session(modules: LecternModules.all, output: output)
}

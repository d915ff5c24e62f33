/// What a module lists under a name: a parameter of its own, or a module inside it.
public enum ModuleChild {
  /// A tensor the module learns.
  case parameter(Parameter)
  /// A part with children of its own.
  case module(Module)
}

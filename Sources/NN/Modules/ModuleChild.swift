/// What a module lists under a name: a parameter or a buffer of its own, or a module inside it.
public enum ModuleChild {
  /// A tensor the module learns.
  case parameter(Parameter)
  /// A tensor that belongs to the module and is saved with it but not learned, such as a running mean.
  case buffer(Tensor)
  /// A part with children of its own.
  case module(Module)
}

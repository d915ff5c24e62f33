/// The parameters and modules among the stored properties of `module`, those of superclasses first.
func reflectedChildren(_ module: Module) -> [(name: String, child: ModuleChild)] {
  var levels: [Mirror] = []
  var mirror: Mirror? = Mirror(reflecting: module)
  while let level = mirror, level.subjectType != Module.self {
    levels.append(level)
    mirror = level.superclassMirror
  }
  var found: [(name: String, child: ModuleChild)] = []
  for level in levels.reversed() {
    for property in level.children {
      if let name = property.label { add(property.value, name, &found) }
    }
  }
  return found
}

private func add(
  _ value: Any, _ name: String, _ found: inout [(name: String, child: ModuleChild)]
) {
  if let module = value as? Module {
    found.append((name, .module(module)))
  } else if let parameter = value as? Parameter {
    found.append((name, .parameter(parameter)))
  } else if let modules = value as? [Module] {
    for (i, module) in modules.enumerated() { found.append(("\(name).\(i)", .module(module))) }
  } else if let parameters = value as? [Parameter] {
    for (i, one) in parameters.enumerated() { found.append(("\(name).\(i)", .parameter(one))) }
  }
}

import Interpreter
import NN
import Tensors

extension GuestObject {
  /// Modules and parameters among the guest's stored properties, in order of declaration: what
  /// `Module` finds by reflection in a compiled subclass.
  var namedChildren: [(name: String, child: ModuleChild)] {
    var found: [(name: String, child: ModuleChild)] = []
    for field in type.fields { add(field.type, fields + field.slot, field.name, &found) }
    return found
  }

  private func add(
    _ type: RuntimeType, _ slots: UnsafePointer<Slot>, _ name: String,
    _ found: inout [(name: String, child: ModuleChild)]
  ) {
    switch type.type {
    case .nominal(let declaration, _) where declaration.kind == .class:
      guard slots[0] != 0, declaration.isBelow(["Module", "Parameter"]) else { return }
      let object = slots[0].object(as: AnyObject.self)
      if let module = object as? Module {
        found.append((name, .module(module)))
      } else if let parameter = object as? Parameter {
        found.append((name, .parameter(parameter)))
      }
    case .nominal(let declaration, _) where declaration.native != nil:
      guard let inner = type.arguments.first, inner.layout == .reference, slots[0] != 0 else {
        return
      }
      if declaration.name == "Optional" {
        add(inner, slots, name, &found)
      } else if declaration.name == "Array" {
        let array = slots[0].object(as: ArrayObject.self)
        for i in 0..<array.count { add(inner, array[i], "\(name).\(i)", &found) }
      }
    default: break
    }
  }
}

extension NominalDeclaration {
  /// Whether the class or one of its superclasses is a native one of these names.
  fileprivate func isBelow(_ names: [String]) -> Bool {
    if native != nil && names.contains(name) { return true }
    return superclass?.nominal?.isBelow(names) ?? false
  }
}

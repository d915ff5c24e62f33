/// Anything that is called with one tensor and gives one back.
public protocol Layer: AnyObject {
  /// The computation.
  func forward(_ input: Tensor) -> Tensor
}

extension Layer {
  // In an extension of a protocol, so that a user's class may declare a call of its own, with these
  // or other parameters, without writing `override`.

  /// Runs the layer: `layer(x)` is `layer.forward(x)`.
  public func callAsFunction(_ input: Tensor) -> Tensor { forward(input) }
}

/// The base of layers and models: a tree of named parameters and modules.
///
/// Subclass it, keep the parts in properties, call `super.init()` last in the initialiser, and
/// define `forward(_:)` or a `callAsFunction` of your own. The properties are found in the order of
/// their declaration, which is PyTorch's order of registration: `parameters()` and the printed text
/// follow it. Follows `torch.nn.Module`.
open class Module: Layer, CustomStringConvertible {
  /// Whether the module is being trained; dropout works only then. `train()` and `eval()` set it.
  public private(set) final var isTraining = true

  /// Where the module stands in its model, such as `Model.rnn`; errors begin with it.
  public private(set) final var path: String?

  /// Makes an empty module. Call it after the properties have their values.
  public init() { nameChildren() }

  /// The computation for one tensor. Throws (see `attempt`) unless a subclass overrides it.
  open func forward(_ input: Tensor) -> Tensor {
    guarded(input) { () throws(TensorError) in
      throw TensorError(place, "\(typeName) does not define forward(_:)")
    }
  }

  /// The parameters and modules of this one, in the order of declaration.
  ///
  /// The default finds them in the stored properties by reflection: parameters, modules, optionals
  /// and arrays of them. It is asked for when a model is made, printed or handed to an optimizer,
  /// never in a training step, so nothing is cached that could become stale.
  open var namedChildren: [(name: String, child: ModuleChild)] { reflectedChildren(self) }

  /// The name of the type as it is printed.
  open var typeName: String { "\(type(of: self))" }

  /// What is printed between the parentheses before the children; empty for nothing.
  open var extraRepresentation: String { "" }

  /// The path for messages: `Model.rnn`, or the type's name for a module that stands alone.
  package final var place: String { path ?? typeName }

  // Runs once the subclass's properties are set (Swift's two-phase initialisation), so a part learns
  // its path when the whole is made.
  final func nameChildren(below base: String? = nil) {
    let base = base ?? path ?? typeName
    for (name, child) in namedChildren {
      guard case .module(let module) = child else { continue }
      module.path = "\(base).\(name)"
      module.nameChildren(below: "\(base).\(name)")
    }
  }

  /// All parameters of the module and the modules inside it, each once, with their dotted names, such
  /// as `rnn.weight_ih_l0`.
  public final func namedParameters() -> [(name: String, parameter: Parameter)] {
    nameChildren()
    var seen: Set<ObjectIdentifier> = []
    var found: [(String, Parameter)] = []
    collect("", &seen, &found) { if case .parameter(let parameter) = $0 { parameter } else { nil } }
    return found.map { (name: $0, parameter: $1) }
  }

  /// The tensors of the module and the modules inside it that are saved but not learned, each once,
  /// with their dotted names, such as `norm.running_mean`.
  public final func namedBuffers() -> [(name: String, buffer: Tensor)] {
    var seen: Set<ObjectIdentifier> = []
    var found: [(String, Tensor)] = []
    collect("", &seen, &found) { if case .buffer(let buffer) = $0 { buffer } else { nil } }
    return found.map { (name: $0, buffer: $1) }
  }

  private func collect<Part: Tensor>(
    _ prefix: String, _ seen: inout Set<ObjectIdentifier>, _ found: inout [(String, Part)],
    _ part: (ModuleChild) -> Part?
  ) {
    // A module's own tensors come before those of its parts, as in PyTorch.
    let children = namedChildren
    for (name, child) in children {
      guard let tensor = part(child), seen.insert(ObjectIdentifier(tensor)).inserted else {
        continue
      }
      found.append((prefix + name, tensor))
    }
    for case (let name, .module(let module)) in children
    where seen.insert(ObjectIdentifier(module)).inserted {
      module.collect(prefix + name + ".", &seen, &found, part)
    }
  }

  /// All parameters, each once, in the order of declaration.
  public final func parameters() -> [Parameter] { namedParameters().map { $0.parameter } }

  /// Sets this module and all inside it to training (`true`) or evaluation; returns the module.
  @discardableResult
  public final func train(_ mode: Bool = true) -> Module {
    isTraining = mode
    for case (_, .module(let module)) in namedChildren { module.train(mode) }
    return self
  }

  /// Sets this module and all inside it to evaluation: dropout does nothing. Returns the module.
  @discardableResult
  public final func eval() -> Module { train(false) }

  /// Forgets the gradients of all parameters.
  public final func zeroGrad() {
    for parameter in parameters() { parameter.grad = nil }
  }

  /// The tree as PyTorch prints it.
  public var description: String { text }
}

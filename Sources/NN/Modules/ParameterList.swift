/// A list of parameters that a model finds: they are named `0`, `1`, ….
/// Follows `torch.nn.ParameterList`.
public final class ParameterList: Module {
  /// The parameters in order.
  public private(set) var list: [Parameter]

  /// A list of `parameters`, empty at first unless some are given.
  public init(_ parameters: [Parameter] = []) {
    list = parameters
    super.init()
  }

  /// The number of parameters.
  public var count: Int { list.count }

  /// Adds a parameter at the end.
  public func append(_ parameter: Parameter) { list.append(parameter) }

  /// The parameter at `index`, from 0; a negative `index` counts from the end.
  /// Throws (see `attempt`) when there is no such parameter.
  public subscript(_ index: Int) -> Parameter {
    let place = index < 0 ? index &+ list.count : index
    guard list.indices.contains(place) else {
      record(TensorError(self.place, "there is no parameter \(index); there are \(list.count)"))
      return .placeholder()
    }
    return list[place]
  }

  public override var namedChildren: [(name: String, child: ModuleChild)] {
    list.enumerated().map { ("\($0)", .parameter($1)) }
  }

  public override var extraRepresentation: String {
    list.enumerated().map { i, parameter in
      let size = parameter.shape.map { "\($0)" }.joined(separator: "x")
      return "  (\(i)): Parameter containing: [torch.\(parameter.dtype) of size \(size)]"
    }.joined(separator: "\n")
  }
}

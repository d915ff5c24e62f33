extension FunctionCompiler {
  func storeClosure(_ body: FunctionBody, into base: Int) {
    let index = program.functionIndex(body)
    function.references.insert(index)
    let layouts = body.captures.map {
      isBoxed($0) || recursiveFunctions.contains($0) ? Layout.reference : types.layout($0.type)
    }
    program.functions[index].captureLayout = Layout(layouts.flatMap(\.isReference))
    for variable in body.captures where recursiveFunctions.contains(variable) {
      program.functions[index].boxedCaptures.insert(variable)
    }
    emitWide(.closureMake, base, index)
    var slot = 0
    for (variable, layout) in zip(body.captures, layouts) {
      defer { slot += layout.count }
      switch homes[variable] {
      case .box(let box)?: emit(.capture, base, slot, box)
      case .registers(let register)?:
        for i in 0..<layout.count { emit(.capture, base, slot + i, register + i) }
      case nil: emitTrap("'\(variable.name)' is captured before it has a value")
      }
    }
  }

  /// A function as a value: a closure that calls it.
  func storeFunctionReference(
    _ target: FunctionDeclaration, _ typeArguments: [Type], _ bound: Expression?, type: Type,
    into base: Int
  ) {
    guard case .function(let functionType) = type else { return }
    if bound == nil, case .guest(let body) = target.implementation, target.owner == nil {
      storeClosure(body, into: base)
      return
    }
    // `{ a, b in receiver.f(a, b) }`
    let parameters = functionType.parameters.enumerated().map { i, parameter in
      let variable = LocalVariable("p\(i)", parameter.type, isMutable: parameter.isInout)
      variable.isInout = parameter.isInout
      return variable
    }
    let adapter = FunctionBody(
      name: target.fullName, parameters: parameters, result: functionType.result,
      canThrow: functionType.canThrow, kind: .closure, at: location)
    var receiver: Argument?
    var held: (LocalVariable, Operand)?
    if let bound {
      let variable = LocalVariable("receiver", bound.type, isMutable: false)
      adapter.captures = [variable]
      receiver = .value(
        Expression(
          .place(Place(.local(variable), bound.type, at: location)), bound.type, at: location))
      held = (variable, owned(value(bound)))
    }
    let call = Call(
      target, typeArguments: typeArguments, receiver: receiver,
      arguments: parameters.map { variable in
        let place = Place(.local(variable), variable.type, at: location)
        return variable.isInout
          ? .inout(place) : .value(Expression(.place(place), variable.type, at: location))
      }, isDynamic: target.isOverridable, canThrow: functionType.canThrow)
    let result = Expression(.call(call), functionType.result, at: location)
    adapter.statements = [
      Statement(functionType.result.isVoid ? .expression(result) : .return(result), at: location)
    ]
    if let (variable, operand) = held { homes[variable] = .registers(operand.base) }
    storeClosure(adapter, into: base)
    if let (_, operand) = held { finish(operand) }
  }
}

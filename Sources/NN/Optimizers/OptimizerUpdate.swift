/// What an optimizer keeps for one parameter: how many steps it has made, and tensors of the
/// parameter's shape and dtype.
final class OptimizerMemory {
  var steps = 0
  let tensors: [Tensor]

  init(_ tensors: [Tensor]) { self.tensors = tensors }
}

/// One step of one parameter: its elements, its gradient, its memory.
struct OptimizerUpdate {
  let group: ParameterGroup
  let value: Tensor
  let gradient: Tensor
  let memory: OptimizerMemory?
  /// -1 to move along the gradient instead of against it.
  let sign: Double

  /// The number of this step, from 1.
  var step: Int { memory?.steps ?? 0 }

  /// The elements of the parameter.
  @inline(__always)
  func pointer<T: Real>(_ type: T.Type) -> UnsafeMutablePointer<T> { value.pointer(T.self) }

  /// The elements of one tensor of the memory.
  @inline(__always)
  func memory<T: Real>(_ index: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
    guard let memory else { return value.pointer(T.self) }
    return memory.tensors[index].pointer(T.self)
  }

  /// Calls `move` with the number of each element and its gradient, which includes the weight decay.
  /// Without decay the loop does not touch the parameter for it; both loops are straight.
  @inline(__always)
  func forEach<T: Real>(_ type: T.Type, _ move: (Int, T) -> Void) {
    let (p, g) = (value.pointer(T.self), gradient.pointer(T.self))
    let count = value.layout.count
    let (decay, sign) = (T(group.weightDecay), T(sign))
    if decay == 0 {
      for i in 0..<count { move(i, sign * g[i]) }
    } else {
      for i in 0..<count { move(i, sign * g[i] + decay * p[i]) }
    }
  }
}

extension Optimizer {
  /// Calls `move` for every parameter that has a gradient, with its memory of the tensors in
  /// `memoryNames`, made on its first step. `name` is the optimizer's, for errors.
  @inline(__always)
  final func forEachUpdate(_ name: String, maximize: Bool, _ move: (OptimizerUpdate) -> Void) {
    let names = memoryNames ?? []
    guarded([], or: ()) { () throws(TensorError) in
      var i = 0
      for group in groups {
        for parameter in group.parameters {
          defer { i += 1 }
          guard let (value, gradient) = try stepOperands(parameter, name) else { continue }
          let memory = names.isEmpty ? nil : try remember(i, value, names.count)
          memory?.steps += 1
          move(
            OptimizerUpdate(
              group: group, value: value, gradient: gradient, memory: memory,
              sign: maximize ? -1 : 1))
        }
      }
    }
  }

  private final func remember(
    _ index: Int, _ value: Tensor, _ count: Int
  ) throws(TensorError) -> OptimizerMemory {
    if let memory = memories[index], memory.tensors.count == count { return memory }
    let memory = try newMemory(value, count)
    memories[index] = memory
    return memory
  }

  /// A memory of `count` tensors like `value`, before any step.
  final func newMemory(
    _ value: Tensor, _ count: Int
  ) throws(TensorError) -> OptimizerMemory {
    var tensors: [Tensor] = []
    for _ in 0..<count {
      tensors.append(try .filled(value.layout.shape, value.dtype, memoryStart))
    }
    return OptimizerMemory(tensors)
  }
}

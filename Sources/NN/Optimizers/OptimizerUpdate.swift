/// What an optimizer keeps for one parameter: how many steps it has made, and tensors of the
/// parameter's shape and dtype.
final class OptimizerMemory {
  var steps = 0
  let tensors: [Tensor]
  /// The count of each row's steps, while Adam has left rows behind.
  var rows: AdamRows?

  init(_ tensors: [Tensor]) { self.tensors = tensors }

  // The parameter outlives the optimizer, and nobody else knows what it is owed.
  deinit { rows?.settle() }
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

  /// The elements of one tensor of the memory.
  @inline(__always)
  func memory<T: Real>(_ index: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
    guard let memory else { return value.pointer(T.self) }
    return memory.tensors[index].pointer(T.self)
  }

  /// Replaces each element of the parameter by what `moved` makes of its number, of itself and of its
  /// gradient, which includes the weight decay. Each loop reads and writes an element once and has no
  /// branches, so that it is vectorised.
  @inline(__always)
  func forEach<T: Real>(_ type: T.Type, _ moved: (Int, T, T) -> T) {
    let (p, g) = (value.pointer(T.self), gradient.pointer(T.self))
    let count = value.layout.count
    let (decay, sign) = (T(group.weightDecay), T(sign))
    if decay == 0 {
      for i in 0..<count { p[i] = moved(i, p[i], sign * g[i]) }
    } else {
      for i in 0..<count {
        let x = p[i]
        p[i] = moved(i, x, sign * g[i] + decay * x)
      }
    }
  }
}

/// The square root. Swift's tells the C library of numbers below 0, which keeps a loop from being
/// vectorised; here they are nan before it sees them.
@inline(__always)
func root<T: Real>(_ x: T) -> T { (x < 0 ? .nan : x).squareRoot() }

extension Optimizer {
  /// Calls `move` for every parameter that has a gradient, with its memory of the tensors in
  /// `memoryNames`, made on its first step. `name` is the optimizer's, for errors. `rows` may move a
  /// parameter whose gradient came as rows; a gradient is made whole otherwise.
  @inline(__always)
  final func forEachUpdate(
    _ name: String, maximize: Bool, rows: (Parameter, ParameterGroup) -> Bool = { _, _ in false },
    _ move: (OptimizerUpdate) -> Void
  ) {
    let names = memoryNames ?? []
    guarded([], or: ()) { () throws(TensorError) in
      var i = 0
      for group in groups {
        for parameter in group.parameters {
          defer { i += 1 }
          if parameter.rowGradient != nil, rows(parameter, group) { continue }
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

  /// The memory of a parameter, made on its first step.
  final func remember(
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
      let (shape, dtype) = (value.layout.shape, value.dtype)
      tensors.append(
        memoryStart == 0 ? try .zeroed(shape, dtype) : try .filled(shape, dtype, memoryStart))
    }
    return OptimizerMemory(tensors)
  }
}

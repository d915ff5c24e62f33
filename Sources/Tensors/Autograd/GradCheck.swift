/// Compares the gradients of `function` with differences of its values, and returns true when they
/// agree; follows `torch.autograd.gradcheck`.
///
/// `inputs` are float64 leaves that require a gradient (others are passed on and not checked); they are
/// moved by `step` one element at a time, and each element of the result is walked back from on its
/// own, so keep shapes small. `function` must give the same result for the same inputs.
///
/// Throws (see `attempt`) when an input is not float64, when there is none to check, or at the first
/// place where the two differ by more than `atol + rtol · |difference quotient|`.
@discardableResult
public func gradCheck(
  _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], step: Double = 1e-6, atol: Double = 1e-5,
  rtol: Double = 1e-3
) -> Bool {
  guarded(inputs, or: false) { () throws(TensorError) in
    let checked = inputs.indices.filter { inputs[$0].requiresGradient }
    guard !checked.isEmpty else {
      throw TensorError("gradCheck", "expected an input that requires a gradient, got none")
    }
    for i in checked {
      let input = inputs[i]
      guard input.dtype == .float64, input.isLeaf, !input.layout.overlaps else {
        throw TensorError(
          "gradCheck", expected: "a float64 leaf as input \(i)",
          actual: input.isLeaf ? "\(input.dtype)" : "the result of \(input.node?.name ?? "?")")
      }
    }
    let kept = inputs.map(\.gradient)
    defer { for (input, gradient) in Swift.zip(inputs, kept) { input.gradient = gradient } }
    let result = function(inputs)
    if result.isFailed { return false }
    let shape = result.layout.shape
    guard result.requiresGradient else {
      throw TensorError("gradCheck", "the result does not depend on an input")
    }
    // slopes[i][n]: how all of input i moves element n of the result.
    var slopes = [[[Double]]](repeating: [], count: inputs.count)
    for n in 0..<result.count {
      for i in checked { inputs[i].gradient = nil }
      let again = function(inputs)
      let seed = try Tensor.filled(shape, result.dtype, 0)
      if result.dtype == .float64 {
        seed.pointer(Double.self)[n] = 1
      } else {
        seed.pointer(Float.self)[n] = 1
      }
      again.backward(seed)
      if faultIsPending { return false }
      for i in checked {
        slopes[i].append(
          inputs[i].gradient?.doubles ?? [Double](repeating: 0, count: inputs[i].count))
      }
    }
    for i in checked {
      let elements = inputs[i].storage.base.assumingMemoryBound(to: Double.self)
      for (k, place) in inputs[i].layout.memoryPlaces.enumerated() {
        let value = elements[place]
        elements[place] = value + step
        let above = withNoGrad { function(inputs) }.doubles
        elements[place] = value - step
        let below = withNoGrad { function(inputs) }.doubles
        elements[place] = value
        guard above.count == result.count, below.count == result.count else {
          throw TensorError("gradCheck", "the shape of the result depends on input \(i)")
        }
        for n in 0..<result.count {
          let quotient = (above[n] - below[n]) / (2 * step)
          let slope = slopes[i][n][k]
          guard (slope - quotient).magnitude <= atol + rtol * quotient.magnitude else {
            throw TensorError(
              "gradCheck",
              "element \(shape.place(n)) of the result by element "
                + "\(inputs[i].layout.shape.place(k)) of input \(i): backward gives \(slope), the "
                + "difference quotient is \(quotient)")
          }
        }
      }
    }
    return true
  }
}

extension Extents {
  /// The coordinates of the element number `n` in row-major order.
  fileprivate func place(_ n: Int) -> [Int] {
    var (rest, place) = (n, array)
    for i in stride(from: count - 1, through: 0, by: -1) {
      place[i] = rest % self[i]
      rest /= self[i]
    }
    return place
  }
}

extension Layout {
  /// The places of all elements in the storage, in row-major order.
  fileprivate var memoryPlaces: [Int] {
    var places: [Int] = []
    forEachRow(shape, strides, strides) { _, start, _ in
      let step = shape.count == 0 ? 0 : strides.last
      for i in 0..<shape.last { places.append(offset + start + i * step) }
    }
    return places
  }
}

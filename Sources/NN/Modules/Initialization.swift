extension Parameter {
  /// A parameter drawn from U(-bound, bound), in PyTorch's order of the random stream.
  static func uniform(_ shape: Int..., bound: Double) throws(TensorError) -> Parameter {
    let extents = try Extents(shape, "Parameter")
    _ = try elementCount(extents, "Parameter")
    let tensor = try Tensor.empty(extents, .float32)
    tensor.fillUniform(-bound, bound)
    return Parameter(tensor)
  }

  static func placeholder() -> Parameter { Parameter(.failed) }
}

/// The parameters of a layer under construction, or stand-ins when it cannot be made: then the error
/// is recorded, and inside an `attempt` the layer's results are failed tensors.
func constructed<R>(
  or fallback: @autoclosure () -> R, _ make: () throws(TensorError) -> R
) -> R {
  do { return try make() } catch {
    record(error)
    return fallback()
  }
}

/// Throws unless a size given to a layer is positive.
func requirePositive(
  _ value: Int, _ name: String, _ layer: String
) throws(TensorError) {
  guard value > 0 else {
    throw TensorError(layer, expected: "\(name) above 0", actual: "\(value)")
  }
}

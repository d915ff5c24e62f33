import Foundation

@testable import Tensors

/// A recorded random program: leaves and steps, and PyTorch's tensors, node names and gradients at
/// its end. `differences` runs it and tells in words where ours came out differently.
struct RandomProgram {
  let record: [String: Any]

  init(_ record: [String: Any]) { self.record = record }

  private var steps: [[Any]] { record["steps"] as? [[Any]] ?? [] }

  func differences() -> [String] {
    var (tensors, found) = ([Tensor](), [String]())
    for (number, step) in steps.enumerated() {
      guard let name = step[0] as? String else { continue }
      if name == "leaf" {
        guard let leaf = step[1] as? [Any] else { continue }
        tensors.append(Self.leaf(leaf))
        continue
      }
      let parameters = step[2] as? [Any] ?? []
      let places = step[1] as? [Int] ?? []
      guard places.allSatisfy({ $0 < tensors.count }) else { return found + ["too few tensors"] }
      let operands = places.map { tensors[$0] }
      let expected = step.count > 3 ? step[3] as? String : nil
      let what =
        "step \(number) \(name)\(parameters) of \(operands.map { "\($0.dtype)\($0.shape)" })"
      do {
        let run = ProgramStep(operation: name, operands: operands, parameters: parameters)
        guard let results = try attempt({ run.run() }) else { return ["no operation \(name)"] }
        if let expected {
          if Self.isNarrow(expected) { return found }
          found.append("\(what): should throw: \(expected)")
          return found
        }
        tensors += results.prefix(6)
      } catch {
        if expected == nil { found.append("\(what): threw \(error)"); return found }
      }
    }
    for (number, expected) in (record["values"] as? [[String: Any]] ?? []).enumerated() {
      guard number < tensors.count else { found.append("too few tensors"); break }
      if let words = Self.difference(tensors[number], expected) {
        found.append("tensor \(number): \(words)")
      }
    }
    for (number, name) in (record["fn"] as? [String] ?? []).enumerated()
    where number < tensors.count {
      let ours = Self.history(tensors[number])
      if ours.hasSuffix("*") != name.hasSuffix("*") {
        found.append("tensor \(number) history: \(ours), expected \(name)")
      }
    }
    return found.isEmpty ? gradientDifferences(tensors) : found
  }

  private func gradientDifferences(_ tensors: [Tensor]) -> [String] {
    // PyTorch saves other tensors than we do, so a write may be in the way of its rules only.
    guard let recorded = record["grads"] as? [Any] else { return [] }
    do {
      try attempt {
        var total = Tensor.zeros(dtype: .float64)
        for (number, tensor) in tensors.enumerated()
        where tensor.requiresGrad && tensor.dtype.isFloatingPoint && !tensor.isLeaf {
          let weights = (Tensor.arange(Double(tensor.count)).double() + Double(number)).cos()
          total = total + (tensor * weights.view(tensor.shape).to(tensor.dtype)).sum().double()
        }
        total.backward()
      }
    } catch {
      return ["backward threw \(error)"]
    }
    var found: [String] = []
    for (number, expected) in recorded.enumerated() {
      let tensor = tensors[number]
      let gradient = tensor.isLeaf && tensor.requiresGrad ? tensor.grad : nil
      guard let expected = expected as? [String: Any] else {
        if let gradient, gradient.doubles.contains(where: { $0 != 0 }) {
          found.append("gradient \(number): unexpected \(gradient)")
        }
        continue
      }
      guard let gradient else { found.append("gradient \(number): missing"); continue }
      if let words = Self.difference(gradient, expected) {
        found.append("gradient \(number): \(words)")
      }
    }
    return found
  }

  /// Errors that only say that PyTorch has no kernel for a dtype.
  private static func isNarrow(_ error: String) -> Bool {
    [
      "not implemented", "not supported", "not support", "only support", "common dtype",
      "destination dtypes match", "is a view and is being modified inplace", "in no_grad mode",
      "single memory location",
    ]
    .contains { error.contains($0) }
  }

  private static func leaf(_ parts: [Any]) -> Tensor {
    let shape = (parts[0] as? [Any] ?? []).map { recordedInt($0) }
    let numbers = (parts[2] as? [Any] ?? []).map { recordedNumber($0) }
    let dtype: DType = dtypes[parts[1] as? String ?? ""] ?? .float64
    let tensor: Tensor
    switch dtype {
    case .float64: tensor = (try? .from(numbers, Extents(shape, "leaf"))) ?? .zeros()
    default: tensor = ((try? .from(numbers, Extents(shape, "leaf"))) ?? Tensor.zeros()).to(dtype)
    }
    tensor.requiresGrad = recordedInt(parts[3]) != 0
    return tensor
  }

  private static let dtypes: [String: DType] = [
    "f64": .float64, "f32": .float32, "i64": .int64, "b": .bool,
  ]

  private static func history(_ tensor: Tensor) -> String {
    let node = tensor.isLeaf ? "" : nodeName(tensor)
    return node + (tensor.requiresGrad ? "*" : "")
  }

  private static func nodeName(_ tensor: Tensor) -> String {
    let text = tensor.description
    guard let start = text.range(of: "grad_fn=<", options: .backwards) else { return "" }
    return String(text[start.upperBound...].prefix { $0 != ">" })
  }

  private static func difference(_ ours: Tensor, _ record: [String: Any]) -> String? {
    let shape = (record["shape"] as? [Any] ?? []).map { recordedInt($0) }
    let dtype = dtypes[record["dtype"] as? String ?? ""] ?? .float64
    guard ours.shape == shape else { return "shape \(ours.shape), expected \(shape)" }
    guard ours.dtype == dtype else { return "\(ours.dtype), expected \(dtype)" }
    let expected = (record["data"] as? [Any] ?? []).map { recordedNumber($0) }
    let bound = dtype == .float32 ? 2e-4 : 1e-6
    for (i, (a, b)) in zip(ours.doubles, expected).enumerated() {
      let isClose = a == b || (a.isNaN && b.isNaN) || abs(a - b) <= bound + bound * abs(b)
      if !isClose { return "element \(i) is \(a), expected \(b)" }
    }
    return nil
  }
}

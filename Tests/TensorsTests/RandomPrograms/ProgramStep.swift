@testable import Tensors

/// One step of a recorded random program: an operation on some of the tensors made so far.
struct ProgramStep {
  let operation: String
  let operands: [Tensor]
  let parameters: [Any]

  var x: Tensor { operands[0] }
  var y: Tensor { operands[1] }

  func int(_ i: Int) -> Int { recordedInt(parameters[i]) }
  func ints(_ i: Int) -> [Int] { (parameters[i] as? [Any] ?? []).map { recordedInt($0) } }
  func number(_ i: Int) -> Double { recordedNumber(parameters[i]) }
  func flag(_ i: Int) -> Bool { int(i) != 0 }

  /// Places of the shape in parameter i, as they are in parameter i + 1.
  func places(_ i: Int) -> Tensor { Tensor(ints(i + 1)).view(ints(i)) }

  /// A subscript: `[["int", 1], ["rng", 0, 2], ["ten", [2], [0, 1]]]`.
  var indices: [any TensorIndexing] {
    (parameters[0] as? [[Any]] ?? []).map { part in
      let numbers = part.dropFirst().map { recordedInt($0) }
      switch part[0] as? String {
      case "int": return numbers[0]
      case "rng": return numbers[0]..<numbers[1]
      case "step": return StridedIndices(numbers[2], from: numbers[0], to: numbers[1])
      case "ell": return Ellipsis()
      case "new": return NewAxis()
      case "ten", "mask":
        let places = ProgramStep(operation: "", operands: [], parameters: [part[1], part[2]])
          .places(0)
        return part[0] as? String == "ten" ? places : places.bool()
      default: return AllIndices()
      }
    }
  }

  /// What the operation gives; a write gives the tensor that was written to.
  func run() -> [Tensor]? {
    elementwise() ?? pairwise() ?? withNumber() ?? inPlace() ?? reduced() ?? reshaped() ?? picked()
  }
}

func recordedInt(_ value: Any) -> Int { (value as? Int) ?? 0 }

extension ProgramStep {
  private static let unary: [String: (Tensor) -> Tensor] = [
    "exp": { $0.exp() }, "log": { $0.log() }, "tanh": { $0.tanh() }, "sigmoid": { $0.sigmoid() },
    "relu": { $0.relu() }, "abs": { $0.abs() }, "sqrt": { $0.sqrt() }, "square": { $0.square() },
    "sin": { $0.sin() }, "cos": { $0.cos() }, "sign": { $0.sign() }, "floor": { $0.floor() },
    "ceil": { $0.ceil() }, "round": { $0.round() }, "neg": { -$0 },
    "reciprocal": { $0.reciprocal() }, "log1p": { $0.log1p() }, "expm1": { $0.expm1() },
    "erf": { $0.erf() }, "trunc": { $0.trunc() }, "frac": { $0.frac() }, "tan": { $0.tan() },
    "atan": { $0.atan() }, "sinh": { $0.sinh() }, "cosh": { $0.cosh() }, "asinh": { $0.asinh() },
    "rsqrt": { $0.rsqrt() }, "exp2": { $0.exp2() }, "log2": { $0.log2() },
    "isnan": { $0.isNaN() }, "isfinite": { $0.isFinite() }, "isinf": { $0.isInfinite() },
    "logical_not": { $0.logicalNot() }, "clone": { $0.clone() }, "detach": { $0.detach() },
    "contiguous": { $0.contiguous() }, "erfc": { $0.erfc() }, "sinc": { $0.sinc() },
    "silu": { $0.silu() }, "gelu": { $0.gelu() }, "softplus": { $0.softplus() },
    "elu": { $0.elu() }, "leaky_relu": { $0.leakyRelu() }, "mish": { $0.mish() },
    "logsigmoid": { $0.logSigmoid() }, "hardtanh": { $0.hardtanh() },
    "softsign": { $0.softsign() }, "hardswish": { $0.hardswish() },
    "hardsigmoid": { $0.hardsigmoid() }, "selu": { $0.selu() }, "celu": { $0.celu() },
    "softshrink": { $0.softshrink() }, "hardshrink": { $0.hardshrink() },
    "tanhshrink": { $0.tanhshrink() }, "relu6": { $0.relu6() }, "float": { $0.float() },
    "double": { $0.double() }, "long": { $0.long() }, "bool": { $0.bool() }, "sum": { $0.sum() },
    "mean": { $0.mean() }, "max": { $0.max() }, "min": { $0.min() }, "prod": { $0.prod() },
    "argmax": { $0.argmax() }, "argmin": { $0.argmin() }, "all": { $0.all() },
    "any": { $0.any() }, "var": { $0.variance() }, "std": { $0.std() }, "norm": { $0.norm() },
    "median": { $0.median() }, "flatten": { $0.flatten() }, "squeeze": { $0.squeeze() },
    "t": { $0.t() }, "nonzero": { $0.nonzero() }, "unique": { $0.unique() },
    "trace": { $0.trace() }, "zeros_like": { $0.zerosLike() }, "ones_like": { $0.onesLike() },
    "nan_to_num": { $0.nanToNumber() }, "logit": { $0.logit() },
  ]

  private static let binary: [String: (Tensor, Tensor) -> Tensor] = [
    "add": { $0 + $1 }, "sub": { $0 - $1 }, "mul": { $0 * $1 }, "div": { $0 / $1 },
    "maximum": { $0.maximum($1) }, "minimum": { $0.minimum($1) },
    "floordiv": { $0.floorDivide($1) }, "remainder": { $0.remainder($1) },
    "fmod": { $0.fmod($1) }, "pow": { $0.pow($1) }, "atan2": { $0.atan2($1) },
    "hypot": { $0.hypot($1) }, "logaddexp": { $0.logAddExp($1) },
    "copysign": { $0.copySign($1) }, "eq": { $0 .== $1 }, "ne": { $0 .!= $1 },
    "lt": { $0 .< $1 }, "le": { $0 .<= $1 }, "gt": { $0 .> $1 }, "ge": { $0 .>= $1 },
    "and": { $0 .& $1 }, "or": { $0 .| $1 }, "xor": { $0 .^ $1 },
    "matmul": { $0.matmul($1) }, "mm": { $0.mm($1) }, "bmm": { $0.bmm($1) },
    "mv": { $0.mv($1) }, "dot": { $0.dot($1) }, "outer": { $0.outer($1) },
  ]

  private func elementwise() -> [Tensor]? { Self.unary[operation].map { [$0(x)] } }

  private func pairwise() -> [Tensor]? {
    if let function = Self.binary[operation] { return [function(x, y)] }
    switch operation {
    case "lerp": return [x.lerp(y, weight: number(0))]
    case "cosine": return [x.cosineSimilarity(y, dim: int(0))]
    case "addmm":
      return [x.addmm(y, operands[2], beta: number(0), alpha: number(1))]
    case "where": return [.which(x, y, operands[2])]
    case "cat": return [cat(operands, dim: int(0))]
    case "stack": return [stack(operands, dim: int(0))]
    case "einsum": return [einsum(parameters[0] as? String ?? "", operands)]
    default: return nil
    }
  }

  private func withNumber() -> [Tensor]? {
    guard let kind = parameters.last as? Int, parameters.count == 2 else { return nil }
    return kind == 0 ? withNumber(number(0)) : withNumber(int(0))
  }

  private func withNumber(_ c: Double) -> [Tensor]? {
    switch operation {
    case "adds": return [x + c]
    case "subs": return [x - c]
    case "rsubs": return [c - x]
    case "muls": return [x * c]
    case "divs": return [x / c]
    case "rdivs": return [c / x]
    case "pows": return [x.pow(c)]
    case "rpows": return [pow(c, x)]
    case "floordivs": return [x.floorDivide(c)]
    case "remainders": return [x.remainder(c)]
    case "fmods": return [x.fmod(c)]
    case "eqs": return [x .== c]
    case "lts": return [x .< c]
    case "ges": return [x .>= c]
    case "add_s": return [x.add(c)]
    case "mul_s": return [x.multiply(by: c)]
    case "div_s": return [x.divide(by: c)]
    case "fill_": return [x.fill(c)]
    case "clampmin": return [x.clamp(min: c)]
    case "clampmax": return [x.clamp(max: c)]
    case "clampmin_": return [x.clampInPlace(min: c)]
    default: return nil
    }
  }

  private func withNumber(_ c: Int) -> [Tensor]? {
    switch operation {
    case "adds": return [x + c]
    case "subs": return [x - c]
    case "rsubs": return [c - x]
    case "muls": return [x * c]
    case "divs": return [x / c]
    case "rdivs": return [c / x]
    case "pows": return [x.pow(c)]
    case "rpows": return [pow(c, x)]
    case "floordivs": return [x.floorDivide(c)]
    case "remainders": return [x.remainder(c)]
    case "fmods": return [x.fmod(c)]
    case "eqs": return [x .== c]
    case "lts": return [x .< c]
    case "ges": return [x .>= c]
    case "add_s": return [x.add(c)]
    case "mul_s": return [x.multiply(by: c)]
    case "div_s": return [x.divide(by: c)]
    default: return withNumber(Double(c))
    }
  }

  private func inPlace() -> [Tensor]? {
    switch operation {
    case "add_": x.add(y)
    case "sub_": x.subtract(y)
    case "mul_": x.multiply(by: y)
    case "div_": x.divide(by: y)
    case "copy_": x.copy(from: y)
    case "add_scaled_": x.add(y, scale: number(0))
    case "masked_fill_": x.fill(where: y, with: number(0))
    case "setmask": x[y] = number(0)
    case "set": x.assign(indices, y)
    case "setn": x.assign(indices, number(1))
    default: return nil
    }
    return [x]
  }
}

extension Tensor {
  /// What `x[a, b, …]` does for a list of indices.
  fileprivate final func assign(_ indices: [any TensorIndexing], _ value: Tensor) {
    switch indices.count {
    case 1: self[indices[0]] = value
    case 2: self[indices[0], indices[1]] = value
    case 3: self[indices[0], indices[1], indices[2]] = value
    case 4: self[indices[0], indices[1], indices[2], indices[3]] = value
    case 5: self[indices[0], indices[1], indices[2], indices[3], indices[4]] = value
    default:
      self[indices[0], indices[1], indices[2], indices[3], indices[4], indices[5]] = value
    }
  }

  fileprivate final func assign(_ indices: [any TensorIndexing], _ value: Double) {
    switch indices.count {
    case 1: self[indices[0]] = value
    case 2: self[indices[0], indices[1]] = value
    case 3: self[indices[0], indices[1], indices[2]] = value
    case 4: self[indices[0], indices[1], indices[2], indices[3]] = value
    case 5: self[indices[0], indices[1], indices[2], indices[3], indices[4]] = value
    default:
      self[indices[0], indices[1], indices[2], indices[3], indices[4], indices[5]] = value
    }
  }

  final func part(_ i: [any TensorIndexing]) -> Tensor {
    switch i.count {
    case 1: return self[i[0]]
    case 2: return self[i[0], i[1]]
    case 3: return self[i[0], i[1], i[2]]
    case 4: return self[i[0], i[1], i[2], i[3]]
    case 5: return self[i[0], i[1], i[2], i[3], i[4]]
    default: return self[i[0], i[1], i[2], i[3], i[4], i[5]]
    }
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Division with whole results, powers of tensors, and other functions of two tensors.

/// f(a, b), broadcast, in the dtype the operands meet in; not recorded.
private func combined(
  _ a: Tensor, _ b: Tensor, _ operation: String, _ real: (Double, Double) -> Double,
  _ whole: ((Int, Int) -> Int)?
) throws(TensorError) -> Tensor {
  var dtype = promote(a, b)
  if dtype == .bool { dtype = .int64 }
  if dtype == .int64 && whole == nil { dtype = .float32 }
  let (x, y) = (try cast(a, dtype), try cast(b, dtype))
  let out = try Tensor.empty(broadcast(x.layout.shape, y.layout.shape, operation), dtype)
  switch dtype {
  case .float32:
    zip(x, y, out, Float.self, Float.self) { Float(real(Double($0), Double($1))) }
  case .float64: zip(x, y, out, Double.self, Double.self) { real($0, $1) }
  case .int64, .bool:
    for divisor in y.ints where divisor == 0 {
      throw TensorError(operation, "division of an integer by \(divisor)")
    }
    zip(x, y, out, Int.self, Int.self) { whole?($0, $1) ?? 0 }
  }
  return out
}

/// The quotient rounded down; wraps for the one quotient that is too great.
private func floorQuotient(_ a: Int, _ b: Int) -> Int {
  let (quotient, overflow) = a.dividedReportingOverflow(by: b)
  if overflow { return quotient }
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
}

/// The rest of a floored division: it has the sign of the divisor.
private func floorRest(_ a: Double, _ b: Double) -> Double {
  let rest = fmod(a, b)
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
}

private func floorQuotient(_ a: Double, _ b: Double) -> Double {
  if b == 0 { return a / b }
  let rest = fmod(a, b)
  var quotient = (a - rest) / b
  if rest != 0 && (b < 0) != (rest < 0) { quotient -= 1 }
  if quotient == 0 { return a / b < 0 ? -0.0 : 0 }
  let down = quotient.rounded(.down)
  return quotient - down > 0.5 ? down + 1 : down
}

private func libAtan2(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
private func libFmod(_ x: Double, _ y: Double) -> Double { fmod(x, y) }
private func libLog1p(_ x: Double) -> Double { log1p(x) }
private func libHypot(_ x: Double, _ y: Double) -> Double { hypot(x, y) }

extension Tensor {
  /// The quotients rounded down, broadcast (`torch.floor_divide`, Python's `//`); no gradient.
  /// Throws (see `attempt`) when the shapes do not go together or an integer is divided by 0.
  public final func floorDivide(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      try combined(self, other, "floorDivide", floorQuotient, floorQuotient)
    }
  }

  /// The quotients by a number, rounded down (`torch.floor_divide`, Python's `//`); no gradient.
  /// Throws (see `attempt`) when an integer is divided by 0.
  public final func floorDivide(_ number: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in floorDivide(try .integer(number, self)) }
  }

  /// The quotients by a number, rounded down (`torch.floor_divide`, Python's `//`); no gradient.
  public final func floorDivide(_ number: Double) -> Tensor {
    guarded(self) { () throws(TensorError) in floorDivide(try .number(number, self)) }
  }

  /// What a division rounded down leaves, with the sign of the divisor, broadcast
  /// (`torch.remainder`, Python's `%`). Throws (see `attempt`) when the shapes do not go together or
  /// an integer is divided by 0.
  public final func remainder(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combined(self, other, "remainder", floorRest) {
        let rest = $0.remainderReportingOverflow(dividingBy: $1).partialValue
        return rest != 0 && (rest < 0) != ($1 < 0) ? rest &+ $1 : rest
      }
      let (x, y) = (Saved(self), Saved(other))
      return out.made(
        other.layout.shape.count == 0 ? "RemainderBackward0" : "RemainderBackward1",
        from: self, other, { $0 }, { g in -g * x.tensor.floorDivide(y.tensor) })
    }
  }

  /// What a division by a number rounded down leaves, with the sign of the number (`torch.remainder`,
  /// Python's `%`). Throws (see `attempt`) when an integer is divided by 0.
  public final func remainder(_ number: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in remainder(try .integer(number, self)) }
  }

  /// What a division by a number rounded down leaves, with the sign of the number
  /// (`torch.remainder`, Python's `%`).
  public final func remainder(_ number: Double) -> Tensor {
    guarded(self) { () throws(TensorError) in remainder(try .number(number, self)) }
  }

  /// What a division rounded towards zero leaves, with the sign of the dividend, broadcast
  /// (`torch.fmod`, Swift's `%`). Throws (see `attempt`) when the shapes do not go together or an
  /// integer is divided by 0.
  public final func fmod(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combined(self, other, "fmod", libFmod) {
        $0.remainderReportingOverflow(dividingBy: $1).partialValue
      }
      let (x, y) = (Saved(self), Saved(other))
      return out.made(
        other.layout.shape.count == 0 ? "FmodBackward0" : "FmodBackward1",
        from: self, other, { $0 }, { g in -g * (x.tensor / y.tensor).trunc() })
    }
  }

  /// What a division by a number rounded towards zero leaves (`torch.fmod`).
  /// Throws (see `attempt`) when an integer is divided by 0.
  public final func fmod(_ number: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in fmod(try .integer(number, self)) }
  }

  /// What a division by a number rounded towards zero leaves (`torch.fmod`).
  public final func fmod(_ number: Double) -> Tensor {
    guarded(self) { () throws(TensorError) in fmod(try .number(number, self)) }
  }

  /// Each element raised to its exponent, broadcast (`torch.pow`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func pow(_ exponent: Tensor) -> Tensor {
    guarded(self, exponent) { () throws(TensorError) in
      let out = try combine(.pow, self, exponent, "pow")
      let (x, p, y) = (Saved(self), Saved(exponent), Saved(out))
      return out.made(
        "PowBackward1", from: self, exponent,
        { g in
          let p = p.tensor
          return g * Tensor.which(p .== 0, p.zerosLike(), p * x.tensor.pow(p - 1))
        },
        { g in
          let (x, y) = (x.tensor, y.tensor)
          // 0 to a power that is not negative does not move with the power.
          let flat = (x .== 0) .& (p.tensor .>= 0)
          return (g * y * x.log()).maskedFill(flat, 0)
        })
    }
  }

  /// The angle of the point (other, self) from the first axis, between -π and π, broadcast
  /// (`torch.atan2`). Throws (see `attempt`) when the shapes do not go together.
  public final func atan2(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combined(self, other, "atan2", libAtan2, nil)
      let (y, x) = (Saved(self), Saved(other))
      // The origin has no direction, and no gradient.
      func scaled(_ g: Tensor) -> Tensor {
        let square = x.tensor.square() + y.tensor.square()
        return g * square.reciprocal().maskedFill(square .== 0, 0)
      }
      return out.made(
        "Atan2Backward0", from: self, other, { g in scaled(g) * x.tensor },
        { g in -scaled(g) * y.tensor })
    }
  }

  /// The length of the point (self, other), broadcast (`torch.hypot`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func hypot(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combined(self, other, "hypot", libHypot, nil)
      let (a, b, y) = (Saved(self), Saved(other), Saved(out))
      return out.made(
        "HypotBackward0", from: self, other, { g in g * a.tensor / y.tensor },
        { g in g * b.tensor / y.tensor })
    }
  }

  /// log(exp(a) + exp(b)) without overflow, broadcast (`torch.logaddexp`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func logAddExp(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let sum: (Double, Double) -> Double = { a, b in
        if a == b && a.isInfinite { return a }
        return Swift.max(a, b) + libLog1p(Double.exp(-(a - b).magnitude))
      }
      let out = try combined(self, other, "logAddExp", sum, nil)
      // d/da = 1 / (1 + exp(b - a)), which is one half for two equal infinities.
      let (a, b) = (Saved(self), Saved(other))
      func share(_ x: Tensor, _ y: Tensor) -> Tensor {
        (x - y).maskedFill((x .== y), 0).sigmoid()
      }
      return out.made(
        "LogaddexpBackward0", from: self, other, { g in g * share(a.tensor, b.tensor) },
        { g in g * share(b.tensor, a.tensor) })
    }
  }

  /// self + weight (other - self): between the two tensors, broadcast (`torch.lerp`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func lerp(_ other: Tensor, weight: Double) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let (a, b) = (detach(), other.detach())
      let out = weight < 0.5 ? a + (b - a) * weight : b - (b - a) * (1 - weight)
      return out.made(
        "LerpBackward0", from: self, other, { g in g * (1 - weight) }, { g in g * weight })
    }
  }

  /// The elements of this tensor with the signs of `other`, broadcast (`torch.copysign`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func copySign(_ other: Tensor) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let out = try combined(
        self, other, "copySign", { Double(signOf: $1, magnitudeOf: $0) }, nil)
      let (x, y) = (Saved(self), Saved(out))
      return out.made(
        "CopysignBackward0", from: self, other,
        { g in g * x.tensor.sign() * y.tensor.sign() }, { g in g.zerosLike() })
    }
  }
}

/// `base` raised to each element of `exponent` (`torch.pow`); of integers it is an integer,
/// and 0 where a power is between 0 and 1.
public func pow(_ base: Int, _ exponent: Tensor) -> Tensor {
  guarded(exponent) { () throws(TensorError) in
    if exponent.dtype.isFloatingPoint { return pow(Double(base), exponent) }
    return try combine(.pow, Tensor.filled(Extents(), .int64, Double(base)), exponent, "pow")
  }
}

/// `base` raised to each element of `exponent` (`torch.pow`).
public func pow(_ base: Double, _ exponent: Tensor) -> Tensor {
  guarded(exponent) { () throws(TensorError) in
    let out = try combine(.pow, .number(base, exponent), exponent, "pow")
    let (x, y) = (Saved(exponent), Saved(out))
    let factor = Double.log(base)
    return out.made("PowBackward2", from: exponent) { g in
      let slope = g * y.tensor * factor
      return base == 0 ? slope.maskedFill(x.tensor .>= 0, 0) : slope
    }
  }
}

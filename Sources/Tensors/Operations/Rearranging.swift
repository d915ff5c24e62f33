// Elements in other places and more than once: flip, roll, repeat, pad.

extension Tensor {
  /// Along `dim` the elements at `places`, as the result of `title`.
  private final func rearranged(
    _ places: [Int], _ dim: Int, _ title: String
  ) throws(TensorError) -> Tensor {
    var indices = [TensorIndex](repeating: .range(lower: nil, upper: nil), count: dim)
    indices.append(.tensor(try .from(places, Extents(places.count))))
    return try gathered(title) { (layout) throws(TensorError) in
      try ReadIndices(layout, indices).picked()
    }
  }

  private final func placesOf(
    _ dims: [Int], _ operation: String
  ) throws(TensorError) -> [Int] {
    var places: [Int] = []
    for dim in dims {
      let place = try resolve(dim, layout.shape.count, operation)
      guard !places.contains(place) else {
        throw TensorError(operation, "dimension \(dim) appears twice in \(dims)")
      }
      places.append(place)
    }
    return places
  }

  /// The elements in reverse order along `dims`, copied (`torch.flip`).
  /// Throws (see `attempt`) when there is no such dimension or one appears twice.
  public final func flip(_ dims: Int...) -> Tensor { flip(dims) }

  /// The elements in reverse order along `dims`, copied (`torch.flip`).
  /// Throws (see `attempt`) when there is no such dimension or one appears twice.
  public final func flip(_ dims: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      var out = self
      for dim in try placesOf(dims, "flip") where layout.shape.count > 0 {
        out = try out.rearranged((0..<layout.shape[dim]).reversed(), dim, "FlipBackward0")
      }
      return out === self ? clone() : out
    }
  }

  /// The elements moved on by `shift` places along `dim`; what falls off the end comes in at the start
  /// (`torch.roll`). Without `dim` all elements are one row.
  /// Throws (see `attempt`) when there is no such dimension.
  public final func roll(_ shift: Int, dim: Int? = nil) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard let dim else { return reshape(-1).roll(shift, dim: 0).sameResult(layout.shape) }
      let place = try resolve(dim, layout.shape.count, "roll")
      let size = factors(layout.shape, place).length
      guard layout.shape.count > 0, size > 0 else { return clone() }
      let back = shift % size
      return try rearranged(
        (0..<size).map { ($0 - back + size) % size }, place, "RollBackward0")
    }
  }

  /// The whole tensor `counts` times along each dimension, copied; counts in front make new dimensions
  /// (`torch.Tensor.repeat`). Throws (see `attempt`) when there are fewer counts than dimensions or a
  /// count is negative.
  public final func repeated(_ counts: Int...) -> Tensor { repeated(counts) }

  /// The whole tensor `counts` times along each dimension, copied; counts in front make new dimensions
  /// (`torch.Tensor.repeat`). Throws (see `attempt`) when there are fewer counts than dimensions or a
  /// count is negative.
  public final func repeated(_ counts: [Int]) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let lead = counts.count - layout.shape.count
      guard lead >= 0 else {
        throw TensorError(
          "repeated", expected: "\(layout.shape.count) counts or more", actual: "\(counts)")
      }
      guard counts.count <= Extents.limit else {
        throw TensorError("repeated", "a tensor has at most \(Extents.limit) dimensions")
      }
      let own = Array(repeating: 1, count: lead) + shape
      var target = Extents()
      for (size, count) in Swift.zip(own, counts) {
        guard count >= 0 else {
          throw TensorError("repeated", expected: "counts of 0 or more", actual: "\(counts)")
        }
        let (product, overflow) = size.multipliedReportingOverflow(by: count)
        guard !overflow else { throw TensorError("repeated", "\(counts) are too many copies") }
        target.append(product)
      }
      _ = try elementCount(target, "repeated")
      var out = lead == 0 ? self : reshape(own)
      for (dim, count) in counts.enumerated() where count != 1 {
        let size = own[dim]
        out = try out.rearranged((0..<target[dim]).map { $0 % size }, dim, "RepeatBackward0")
      }
      return counts.allSatisfy { $0 == 1 } ? out.clone().titled("RepeatBackward0") : out
    }
  }

  /// The whole tensor `counts` times along the last dimensions (`torch.tile`).
  /// Throws (see `attempt`) when a count is negative.
  public final func tile(_ counts: Int...) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let lead = Swift.max(layout.shape.count - counts.count, 0)
      return repeated(Array(repeating: 1, count: lead) + counts)
    }
  }

  /// Each element `count` times in a row along `dim`, or of all elements when there is none
  /// (`torch.repeat_interleave`). Throws (see `attempt`) when `count` is negative or there is no such
  /// dimension.
  public final func repeatInterleave(_ count: Int, dim: Int? = nil) -> Tensor {
    guarded(self) { () throws(TensorError) in
      guard count >= 0 else {
        throw TensorError("repeatInterleave", expected: "a count of 0 or more", actual: "\(count)")
      }
      guard let dim, layout.shape.count > 0 else {
        return reshape(-1).repeatInterleave(count, dim: 0)
      }
      let place = try resolve(dim, layout.shape.count, "repeatInterleave")
      var target = layout.shape
      let (size, overflow) = target[place].multipliedReportingOverflow(by: count)
      guard !overflow else { throw TensorError("repeatInterleave", "\(count) are too many copies") }
      target[place] = size
      _ = try elementCount(target, "repeatInterleave")
      return try rearranged((0..<size).map { $0 / count }, place, "ViewBackward0")
    }
  }

  /// Each element as often as its count says in a row along `dim` (`torch.repeat_interleave`).
  /// Throws (see `attempt`) when there is not one count for each element or one is negative.
  public final func repeatInterleave(_ counts: [Int], dim: Int) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let place = try resolve(dim, layout.shape.count, "repeatInterleave")
      let size = factors(layout.shape, place).length
      guard counts.count == size, counts.allSatisfy({ $0 >= 0 }), layout.shape.count > 0 else {
        throw TensorError(
          "repeatInterleave", expected: "\(size) counts of 0 or more", actual: "\(counts)")
      }
      var (target, total) = (layout.shape, 0)
      for count in counts { total = total.addingReportingOverflow(count).partialValue }
      target[place] = total
      _ = try elementCount(target, "repeatInterleave")
      let places = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
      return try rearranged(places, place, "IndexSelectBackward0")
    }
  }

  /// Longer at both ends of the last dimensions: `padding` is (before, after) for the last one, then
  /// for the one before it, and so on, filled with `value`; negative numbers cut off
  /// (`torch.nn.functional.pad`). Throws (see `attempt`) when the numbers are not pairs, are too many,
  /// or cut off more than there is.
  public final func pad(_ padding: [Int], value: Double = 0) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      guard padding.count % 2 == 0, padding.count / 2 <= rank else {
        throw TensorError(
          "pad", expected: "pairs for at most \(rank) dimensions", actual: "\(padding)")
      }
      var target = layout.shape
      var (sourceStart, targetStart, lengths) = (
        Extents(repeating: 0, count: rank), Extents(repeating: 0, count: rank), layout.shape
      )
      for pair in 0..<padding.count / 2 {
        let dim = rank - 1 - pair
        let (before, after) = (padding[2 * pair], padding[2 * pair + 1])
        let limit = 1 << 56
        guard before > -limit, before < limit, after > -limit, after < limit,
          target[dim] + before + after >= 0
        else {
          throw TensorError(
            "pad", "\(before) and \(after) do not fit dimension \(dim) of size \(target[dim])")
        }
        lengths[dim] = Swift.max(target[dim] + Swift.min(before, 0) + Swift.min(after, 0), 0)
        sourceStart[dim] = Swift.min(Swift.max(-before, 0), target[dim])
        target[dim] += before + after
        targetStart[dim] = Swift.min(Swift.max(before, 0), target[dim])
        lengths[dim] = Swift.min(lengths[dim], target[dim])
      }
      _ = try elementCount(target, "pad")
      func part(_ layout: Layout, _ start: Extents) -> Layout {
        var part = layout
        for dim in 0..<rank { part = part.narrowed(dim, start[dim], lengths[dim]) }
        return part
      }
      let out = try Tensor.filled(target, dtype, value)
      if Layout(contiguous: lengths).count > 0 {
        try assign(view(part(layout, sourceStart)), into: out.view(part(out.layout, targetStart)))
      }
      let shape = layout.shape
      return out.made("ConstantPadNdBackward0", from: self) { g in
        let whole = try Tensor.filled(shape, g.dtype, 0)
        guard Layout(contiguous: lengths).count > 0 else { return whole }
        try assign(
          g.view(part(g.layout, targetStart)), into: whole.view(part(whole.layout, sourceStart)))
        return whole
      }
    }
  }

  /// Longer at both ends of the last dimensions, filled with the tensor's own elements: mirrored at the
  /// end elements, or the end elements again, or those of the other end
  /// (`torch.nn.functional.pad` with `mode`). `padding` is as in `pad(_:value:)`. Throws (see
  /// `attempt`) when the numbers are not pairs, are too many or negative, or when a mirror image or the
  /// other end is not as long.
  public final func pad(_ padding: [Int], mode: PadMode) -> Tensor {
    guarded(self) { () throws(TensorError) in
      let rank = layout.shape.count
      let pairs = padding.count / 2
      guard padding.count % 2 == 0, pairs <= rank else {
        throw TensorError(
          "pad", expected: "pairs for at most \(rank) dimensions", actual: "\(padding)")
      }
      var out = self
      for pair in 0..<pairs {
        let dim = rank - 1 - pair
        let (before, after, size) = (padding[2 * pair], padding[2 * pair + 1], layout.shape[dim])
        let limit = mode == .reflect ? size - 1 : mode == .circular ? size : 1 << 40
        guard before >= 0, after >= 0, before <= limit, after <= limit, size > 0 else {
          throw TensorError(
            "pad",
            "\(before) and \(after) do not fit dimension \(dim) of size \(size) in mode \(mode)")
        }
        var target = out.layout.shape
        target[dim] = size + before + after
        _ = try elementCount(target, "pad")
        let places = (-before..<size + after).map { place in
          switch mode {
          case .reflect: place < 0 ? -place : place >= size ? 2 * size - 2 - place : place
          case .replicate: Swift.min(Swift.max(place, 0), size - 1)
          case .circular: (place + size) % size
          }
        }
        let name: String
        switch mode {
        case .reflect: name = "ReflectionPad\(pairs)DBackward0"
        case .replicate: name = "ReplicationPad\(pairs)DBackward0"
        case .circular: name = "CopySlices"
        }
        out = try out.rearranged(places, dim, name)
      }
      return out === self ? clone() : out
    }
  }
}

/// What a padded tensor continues with.
public enum PadMode: String {
  /// Mirrored at the end element, which is not repeated.
  case reflect
  /// The end element again and again.
  case replicate
  /// The elements from the other end.
  case circular
}

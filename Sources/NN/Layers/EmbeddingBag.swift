/// What an `EmbeddingBag` makes of the vectors of a bag.
public enum EmbeddingBagMode {
  /// Their sum, which can be weighted.
  case sum
  /// Their mean.
  case mean
  /// The greatest number in each place.
  case max
}

/// Looks up bags of vectors by number, and makes one vector of each bag.
///
/// A bag is a row of int64 `[bags, bagSize]`, or a part of an int64 list `[total]` that begins where
/// `offsets` says -> `[bags, dim]`. An empty bag gives zeros. The weight starts from N(0, 1), with
/// zeros in the row of `paddingIndex`, which does not count in a bag and does not learn.
/// Follows `torch.nn.EmbeddingBag`.
public final class EmbeddingBag: Module {
  /// `[count, dim]`.
  public let weight: Parameter
  /// The number of rows.
  public let count: Int
  /// The length of a row.
  public let embeddingDim: Int
  /// What becomes of a bag.
  public let mode: EmbeddingBagMode
  /// The row that stands for padding, if any.
  public let paddingIndex: Int?

  /// A table with random rows. Throws (see `attempt`) when a size is negative or `paddingIndex` is
  /// not a row; a negative `paddingIndex` counts from the end.
  public convenience init(
    _ count: Int, _ embeddingDim: Int, mode: EmbeddingBagMode = .mean, paddingIndex: Int? = nil
  ) {
    self.init(count, embeddingDim, mode, paddingIndex) { padding throws(TensorError) in
      try randomTable(count, embeddingDim, padding, "EmbeddingBag")
    }
  }

  /// As without labels: `EmbeddingBag(numEmbeddings: 10, embeddingDim: 3)`.
  public convenience init(
    numEmbeddings: Int, embeddingDim: Int, mode: EmbeddingBagMode = .mean, paddingIndex: Int? = nil
  ) {
    self.init(numEmbeddings, embeddingDim, mode: mode, paddingIndex: paddingIndex)
  }

  /// A table of given rows `[count, dim]`, whose memory it shares when they are contiguous; it learns
  /// only with `freeze: false`. Throws (see `attempt`) unless `embeddings` is a floating-point matrix.
  /// Follows `torch.nn.EmbeddingBag.from_pretrained`.
  public static func fromPretrained(
    _ embeddings: Tensor, freeze: Bool = true, mode: EmbeddingBagMode = .mean,
    paddingIndex: Int? = nil
  ) -> EmbeddingBag {
    let shape = embeddings.layout.shape
    let (count, dim) = shape.count == 2 ? (shape[0], shape[1]) : (0, 0)
    return EmbeddingBag(count, dim, mode, paddingIndex) { _ throws(TensorError) in
      try givenTable(embeddings, freeze: freeze, "EmbeddingBag.fromPretrained")
    }
  }

  private init(
    _ count: Int, _ embeddingDim: Int, _ mode: EmbeddingBagMode, _ paddingIndex: Int?,
    _ make: (Int?) throws(TensorError) -> Parameter
  ) {
    self.count = count
    self.embeddingDim = embeddingDim
    self.mode = mode
    let padding = paddingIndex.map { $0 < 0 ? $0 &+ count : $0 }
    self.paddingIndex = padding
    weight = constructed(or: .placeholder()) { () throws(TensorError) in
      let table = try make(padding)
      try checkPadding(padding, count, "EmbeddingBag")
      return table
    }
    super.init()
  }

  /// int64 `[bags, bagSize]` -> `[bags, dim]`. Throws (see `attempt`) when a number is not a row.
  public override func forward(_ input: Tensor) -> Tensor { run(input, nil, nil) }

  /// int64 `[total]` -> `[bags, dim]`: bag i is what stands from `offsets[i]` up to the next offset;
  /// the last one ends with the input. `perSampleWeights`, a factor for each number, is for the
  /// mode `.sum`. Throws (see `attempt`) when the offsets do not start with 0, fall, or lie outside.
  public func callAsFunction(
    _ input: Tensor, _ offsets: Tensor, perSampleWeights: Tensor? = nil
  ) -> Tensor { run(input, offsets, perSampleWeights) }

  /// int64 `[bags, bagSize]` and a factor for each number -> `[bags, dim]`, for the mode `.sum`.
  public func callAsFunction(_ input: Tensor, perSampleWeights: Tensor) -> Tensor {
    run(input, nil, perSampleWeights)
  }

  private func run(_ input: Tensor, _ offsets: Tensor?, _ factors: Tensor?) -> Tensor {
    guarded([input, weight] + [offsets, factors].compactMap { $0 }, or: .failed) {
      () throws(TensorError) in
      guard input.dtype == .int64 else {
        throw TensorError(
          place, expected: "int64 numbers", actual: "\(input.dtype); use long()")
      }
      let shape = input.layout.shape
      guard shape.count == (offsets == nil ? 2 : 1) else {
        let wanted = offsets == nil ? "[bags, bagSize], or a list and offsets" : "[total]"
        throw TensorError(place, expected: "numbers of shape \(wanted)", actual: "\(shape)")
      }
      let numbers = try packedElements(input)
      let elements = numbers.pointer(Int.self)
      for i in 0..<numbers.layout.count where elements[i] < 0 || elements[i] >= count {
        throw TensorError(
          place, expected: "numbers from 0 to \(count - 1)", actual: "\(elements[i])")
      }
      if let factors {
        guard mode == .sum else {
          throw TensorError(place, "perSampleWeights are for the mode sum, this one is \(mode)")
        }
        guard factors.layout.shape == shape, factors.dtype == weight.dtype else {
          throw TensorError(
            place, expected: "perSampleWeights of shape \(shape) and \(weight.dtype)",
            actual: "\(factors.layout.shape) and \(factors.dtype)")
        }
      }
      let ends = try offsets.map { offsets throws(TensorError) in
        try bagEnds(offsets, numbers.layout.count)
      }
      let bags = Bags(
        numbers: Saved(numbers), ends: ends ?? (0..<shape[0]).map { ($0 + 1) * shape[1] },
        paddingIndex: paddingIndex)
      return try embeddingBag(weight, bags, mode, factors)
    }
  }

  /// Where each bag ends.
  private func bagEnds(_ offsets: Tensor, _ total: Int) throws(TensorError) -> [Int] {
    guard offsets.dtype == .int64, offsets.layout.shape.count == 1 else {
      throw TensorError(
        place, expected: "int64 offsets of shape [bags]",
        actual: "\(offsets.dtype) of shape \(offsets.layout.shape)")
    }
    let starts = offsets.ints
    if let first = starts.first, first != 0 {
      throw TensorError(place, expected: "offsets that begin with 0", actual: "\(first)")
    }
    for (a, b) in zip(starts, starts.dropFirst() + [total]) where a > b {
      throw TensorError(
        place, "offsets must rise up to the number of elements, got \(a) before \(b)")
    }
    return starts.isEmpty ? [] : Array(starts.dropFirst()) + [total]
  }

  public override var extraRepresentation: String {
    "\(count), \(embeddingDim), mode='\(mode)'"
      + (paddingIndex.map { ", padding_idx=\($0)" } ?? "")
  }
}

import CKernels

/// A table of vectors looked up by number: int64 `[…]` -> `[…, dim]`.
///
/// The weight `[count, dim]` starts from N(0, 1), with zeros in the row of `paddingIndex`, whose
/// gradient stays zero. Follows `torch.nn.Embedding`.
public final class Embedding: Module {
  /// `[count, dim]`.
  public let weight: Parameter
  /// The number of rows.
  public let count: Int
  /// The length of a row.
  public let embeddingDim: Int
  /// The row that stands for padding, if any.
  public let paddingIndex: Int?
  private let maxNorm: Double?

  /// A table with random rows. Rows longer than `maxNorm` are shortened when they are looked up.
  /// Throws (see `attempt`) when a size is negative, `paddingIndex` is not a row, or `maxNorm` is not
  /// above 0; a negative `paddingIndex` counts from the end.
  public convenience init(
    _ count: Int, _ embeddingDim: Int, paddingIndex: Int? = nil, maxNorm: Double? = nil
  ) {
    self.init(count, embeddingDim, paddingIndex, maxNorm) { padding throws(TensorError) in
      try randomTable(count, embeddingDim, padding, "Embedding")
    }
  }

  /// As without labels: `Embedding(numEmbeddings: 10, embeddingDim: 3)`.
  public convenience init(
    numEmbeddings: Int, embeddingDim: Int, paddingIndex: Int? = nil, maxNorm: Double? = nil
  ) {
    self.init(numEmbeddings, embeddingDim, paddingIndex: paddingIndex, maxNorm: maxNorm)
  }

  /// A table of given rows `[count, dim]`, whose memory it shares when they are contiguous; it learns
  /// only with `freeze: false`. The row of `paddingIndex` keeps its values. Throws (see `attempt`)
  /// unless `embeddings` is a floating-point matrix.
  /// Follows `torch.nn.Embedding.from_pretrained`.
  public static func fromPretrained(
    _ embeddings: Tensor, freeze: Bool = true, paddingIndex: Int? = nil, maxNorm: Double? = nil
  ) -> Embedding {
    let shape = embeddings.layout.shape
    let (count, dim) = shape.count == 2 ? (shape[0], shape[1]) : (0, 0)
    return Embedding(count, dim, paddingIndex, maxNorm) { _ throws(TensorError) in
      try givenTable(embeddings, freeze: freeze, "Embedding.fromPretrained")
    }
  }

  private init(
    _ count: Int, _ embeddingDim: Int, _ paddingIndex: Int?, _ maxNorm: Double?,
    _ make: (Int?) throws(TensorError) -> Parameter
  ) {
    self.count = count
    self.embeddingDim = embeddingDim
    self.maxNorm = maxNorm
    let padding = paddingIndex.map { $0 < 0 ? $0 &+ count : $0 }
    self.paddingIndex = padding
    weight = constructed(or: .placeholder()) { () throws(TensorError) in
      let table = try make(padding)
      try checkPadding(padding, count, "Embedding")
      if let maxNorm, !(maxNorm > 0) {
        throw TensorError("Embedding", expected: "a maxNorm above 0", actual: "\(maxNorm)")
      }
      return table
    }
    super.init()
  }

  /// int64 `[…]` -> `[…, dim]`. Throws (see `attempt`) when a number is not a row.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input, weight) { () throws(TensorError) in
      guard input.dtype == .int64 else {
        throw TensorError(
          place, expected: "int64 numbers", actual: "\(input.dtype); use long()")
      }
      guard input.layout.shape.count < Extents.limit else {
        throw TensorError(place, "a tensor has at most \(Extents.limit) dimensions")
      }
      var shape = input.layout.shape
      shape.append(embeddingDim)
      _ = try elementCount(shape, place)
      let numbers = try packedElements(input)
      let tokens = UnsafeBufferPointer(
        start: UnsafePointer(numbers.pointer(Int.self)), count: numbers.layout.count)
      if let maxNorm {
        for token in tokens where token < 0 || token >= count {
          throw RowNumbers.outside(token, count, place)
        }
        shortenRows(of: weight, Array(tokens), to: maxNorm)
      }
      let out = try Tensor.empty(shape, weight.dtype)
      guard embeddingDim > 0 else {
        for token in tokens where token < 0 || token >= count {
          throw RowNumbers.outside(token, count, place)
        }
        return records(weight) ? out.made(by: EmbeddingNode(weight, nil, paddingIndex)) : out
      }
      // Distinct rows are wanted by the backward pass, and by an optimizer that left rows behind.
      let isRecorded = records(weight)
      let deferred = weight.storage.deferred
      var rows: RowNumbers?
      if isRecorded || deferred != nil {
        let distinct = try RowNumbers(tokens, below: count, place)
        rows = distinct
        distinct.rows.withUnsafeBufferPointer { deferred?.settle($0, of: weight.layout) }
      }
      try lookUp(tokens, in: weight, into: out)
      return isRecorded ? out.made(by: EmbeddingNode(weight, rows, paddingIndex)) : out
    }
  }

  /// Copies the rows, which are up to date, and looks whether there are such rows.
  private func lookUp(
    _ tokens: UnsafeBufferPointer<Int>, in weight: Tensor, into out: Tensor
  ) throws(TensorError) {
    let table = weight.isContiguous ? weight : try packedElements(weight)
    let size = table.dtype.byteCount
    let bytes = embeddingDim * size
    let wrong = ck_gather_rows(
      table.storage.block + table.layout.offset * size, count, bytes, tokens.baseAddress,
      tokens.count, out.storage.block)
    if wrong >= 0 { throw RowNumbers.outside(tokens[wrong], count, place) }
  }

  public override var extraRepresentation: String {
    "\(count), \(embeddingDim)" + (paddingIndex.map { ", padding_idx=\($0)" } ?? "")
      + (maxNorm.map { ", max_norm=\($0)" } ?? "")
  }
}

/// The gradient of a row is the sum over its uses; the padding row gets none. It goes to the weight as
/// rows: a batch uses a few hundred of a table that may have a hundred thousand.
final class EmbeddingNode: Node {
  let shape: Extents
  /// The rows that were used; nil when rows have no elements.
  let rows: RowNumbers?
  let paddingIndex: Int?
  override var name: String { "EmbeddingBackward0" }

  init(_ weight: Tensor, _ rows: RowNumbers?, _ paddingIndex: Int?) {
    shape = weight.layout.shape
    self.rows = rows
    self.paddingIndex = paddingIndex
    super.init(weight)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    guard let rows else {
      return try Tape.send(Tensor.filled(shape, gradient.dtype, 0), to: first)
    }
    let block = try rows.sums(gradient, width: shape[1], skipping: paddingIndex)
    try Tape.sendRows(RowGradient(shape: shape, rows: rows.rows, block: block), to: first)
  }
}

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

  /// A table with random rows. Throws (see `attempt`) when a size is negative or `paddingIndex` is
  /// not a row; a negative `paddingIndex` counts from the end.
  public convenience init(_ count: Int, _ embeddingDim: Int, paddingIndex: Int? = nil) {
    self.init(count, embeddingDim, paddingIndex) { padding throws(TensorError) in
      try randomTable(count, embeddingDim, padding, "Embedding")
    }
  }

  /// As without labels: `Embedding(numEmbeddings: 10, embeddingDim: 3)`.
  public convenience init(numEmbeddings: Int, embeddingDim: Int, paddingIndex: Int? = nil) {
    self.init(numEmbeddings, embeddingDim, paddingIndex: paddingIndex)
  }

  /// A table of given rows `[count, dim]`, whose memory it shares when they are contiguous; it learns
  /// only with `freeze: false`. The row of `paddingIndex` keeps its values. Throws (see `attempt`)
  /// unless `embeddings` is a floating-point matrix.
  /// Follows `torch.nn.Embedding.from_pretrained`.
  public static func fromPretrained(
    _ embeddings: Tensor, freeze: Bool = true, paddingIndex: Int? = nil
  ) -> Embedding {
    let shape = embeddings.layout.shape
    let (count, dim) = shape.count == 2 ? (shape[0], shape[1]) : (0, 0)
    return Embedding(count, dim, paddingIndex) { _ throws(TensorError) in
      try givenTable(embeddings, freeze: freeze, "Embedding.fromPretrained")
    }
  }

  private init(
    _ count: Int, _ embeddingDim: Int, _ paddingIndex: Int?,
    _ make: (Int?) throws(TensorError) -> Parameter
  ) {
    self.count = count
    self.embeddingDim = embeddingDim
    let padding = paddingIndex.map { $0 < 0 ? $0 &+ count : $0 }
    self.paddingIndex = padding
    weight = constructed(or: .placeholder()) { () throws(TensorError) in
      let table = try make(padding)
      try checkPadding(padding, count, "Embedding")
      return table
    }
    super.init()
  }

  /// int64 `[…]` -> `[…, dim]`. Throws (see `attempt`) when a number is not a row.
  public override func forward(_ input: Tensor) -> Tensor {
    guarded(input, weight) { () throws(TensorError) in
      guard input.dtype == .int64 else {
        throw TensorError(place, expected: "int64 numbers", actual: "\(input.dtype)")
      }
      guard input.layout.shape.count < Extents.limit else {
        throw TensorError(place, "a tensor has at most \(Extents.limit) dimensions")
      }
      let indices = input.ints
      for index in indices where index < 0 || index >= count {
        throw TensorError(
          place, expected: "numbers from 0 to \(count - 1)", actual: "\(index)")
      }
      var shape = input.layout.shape
      shape.append(embeddingDim)
      let out = try gatherRows(weight, indices).view(Layout(contiguous: shape))
      guard records(weight) else { return out }
      return out.made(by: EmbeddingNode(weight, indices, paddingIndex))
    }
  }

  public override var extraRepresentation: String {
    "\(count), \(embeddingDim)" + (paddingIndex.map { ", padding_idx=\($0)" } ?? "")
  }
}

/// The gradient of a row is the sum over its uses; the padding row gets none.
final class EmbeddingNode: Node {
  let shape: Extents
  let indices: [Int]
  let paddingIndex: Int?
  override var name: String { "EmbeddingBackward0" }

  init(_ weight: Tensor, _ indices: [Int], _ paddingIndex: Int?) {
    shape = weight.layout.shape
    self.indices = indices
    self.paddingIndex = paddingIndex
    super.init(weight)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let whole = try Tensor.filled(shape, gradient.dtype, 0)
    let rows = try reshaped(gradient, Extents(indices.count, shape[1]))
    try addRows(rows, indices, into: whole)
    if let paddingIndex {
      let zeros = try Tensor.filled(Extents(1, shape[1]), gradient.dtype, 0)
      try scatterRows(zeros, [paddingIndex], into: whole)
    }
    try Tape.send(whole, to: first)
  }
}

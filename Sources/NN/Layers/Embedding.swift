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

  /// A table with random rows. Throws (see `attempt`) when a size is negative or `paddingIndex` is
  /// not a row; a negative `paddingIndex` counts from the end.
  public init(_ count: Int, _ embeddingDim: Int, paddingIndex: Int? = nil) {
    self.count = count
    self.embeddingDim = embeddingDim
    let padding = paddingIndex.map { $0 < 0 ? $0 &+ count : $0 }
    self.paddingIndex = padding
    weight = constructed(or: .placeholder()) { () throws(TensorError) in
      let shape = Extents(count, embeddingDim)
      _ = try elementCount(shape, "Embedding")
      if let padding, padding < 0 || padding >= count {
        throw TensorError(
          "Embedding", expected: "a paddingIndex below \(count)", actual: "\(padding)")
      }
      let table = try Tensor.empty(shape, .float32)
      table.fillNormal(0, 1)
      if let padding {
        let row = table.pointer(Float.self) + padding * embeddingDim
        for i in 0..<embeddingDim { row[i] = 0 }
      }
      return Parameter(table)
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
      var shape = input.layout.shape
      shape.append(embeddingDim)
      _ = try elementCount(shape, place)
      let numbers = try packedElements(input)
      let tokens = UnsafeBufferPointer(
        start: UnsafePointer(numbers.pointer(Int.self)), count: numbers.layout.count)
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

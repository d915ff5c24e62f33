/// Samples that are the parts of one, two or three tensors: sample i is `(x[i], y[i])`.
///
/// Follows `torch.utils.data.TensorDataset`. A subset is a dataset again and shares the tensors.
/// The function `sample` gives a sample its form, a tuple by default:
/// `TensorDataset(x, y) { (image: $0, label: $1) }`. It is applied to whole batches as well, with
/// the samples stacked along a new first dimension.
public final class TensorDataset<Sample>: Sequence {
  private let columns: [Tensor]
  /// Which rows of the tensors belong to it, nil for all.
  private let rows: [Int]?
  private let sample: ([Tensor]) -> Sample

  /// The number of samples.
  public let count: Int

  private init(_ columns: [Tensor], rows: [Int]?, _ sample: @escaping ([Tensor]) -> Sample) {
    self.columns = columns
    self.rows = rows
    self.sample = sample
    count =
      rows?.count
      ?? guarded(columns, or: 0) { () throws(TensorError) in
        for (i, column) in columns.enumerated() {
          guard column.dim > 0 else {
            throw TensorError(
              "TensorDataset", "tensor \(i) has no dimensions, so it cannot hold samples")
          }
          guard column.layout.shape[0] == columns[0].layout.shape[0] else {
            throw TensorError(
              "TensorDataset",
              "expected equal first sizes: tensor 0 is \(columns[0].layout.shape), "
                + "tensor \(i) is \(column.layout.shape)")
          }
        }
        return columns[0].layout.shape[0]
      }
  }

  /// The parts of `x`, which is `[count, …]`.
  /// Throws (see `attempt`) when it has no dimensions.
  public convenience init(_ x: Tensor, sample: @escaping (Tensor) -> Sample = { $0 }) {
    self.init([x], rows: nil) { sample($0[0]) }
  }

  /// The parts of `x` and `y`, each of them `[count, …]`: usually inputs and targets.
  /// Throws (see `attempt`) when their first sizes differ.
  public convenience init(
    _ x: Tensor, _ y: Tensor, sample: @escaping (Tensor, Tensor) -> Sample = { ($0, $1) }
  ) {
    self.init([x, y], rows: nil) { sample($0[0], $0[1]) }
  }

  /// The parts of `x`, `y` and `z`, each of them `[count, …]`.
  /// Throws (see `attempt`) when their first sizes differ.
  public convenience init(
    _ x: Tensor, _ y: Tensor, _ z: Tensor,
    sample: @escaping (Tensor, Tensor, Tensor) -> Sample = { ($0, $1, $2) }
  ) {
    self.init([x, y, z], rows: nil) { sample($0[0], $0[1], $0[2]) }
  }

  /// The tensors, `[count, …]`; of a subset, only its rows.
  public var tensors: [Tensor] {
    rows == nil ? columns : gathered(Array(0..<count))
  }

  /// Sample `index`, from the end when negative.
  /// Throws (see `attempt`) when there is no such sample.
  public subscript(_ index: Int) -> Sample {
    guard index >= -count && index < count else {
      record(outOfBounds(index))
      return sample(columns.map { _ in .failed })
    }
    let place = index < 0 ? index + count : index
    return sample(columns.map { $0[rows?[place] ?? place] })
  }

  /// The samples at the given places, from the end when negative, as one batch: each tensor is
  /// `[indices.count, …]`. Throws (see `attempt`) when there is no such sample.
  public func batch(_ indices: [Int]) -> Sample {
    guard let places = places(indices) else { return sample(columns.map { _ in .failed }) }
    return sample(gathered(places))
  }

  /// The samples at the given places, from the end when negative (`torch.utils.data.Subset`).
  /// Throws (see `attempt`) when there is no such sample.
  public func subset(_ indices: [Int]) -> TensorDataset<Sample> {
    let places = places(indices) ?? []
    return TensorDataset(
      columns, rows: rows.map { rows in places.map { rows[$0] } } ?? places, sample)
  }

  /// Goes through the samples.
  public func makeIterator() -> AnyIterator<Sample> {
    var next = 0
    return AnyIterator { [self] in
      guard next < count else { return nil }
      next += 1
      return self[next - 1]
    }
  }

  /// The places counted from 0; nil after reporting one that does not exist.
  private func places(_ indices: [Int]) -> [Int]? {
    for index in indices where index < -count || index >= count {
      record(outOfBounds(index))
      return nil
    }
    return indices.map { $0 < 0 ? $0 + count : $0 }
  }

  private func outOfBounds(_ index: Int) -> TensorError {
    TensorError("TensorDataset", "index \(index) is out of bounds for \(count) samples")
  }

  /// The rows of the samples at `places`, all of them inside.
  private func gathered(_ places: [Int]) -> [Tensor] {
    let picked = rows.map { rows in places.map { rows[$0] } } ?? places
    return columns.map { column in
      guarded(column) { () throws(TensorError) in try indexSelect(column, 0, picked) }
    }
  }
}

/// The numbers of the rows in all bags, and where in them each bag ends.
struct Bags {
  /// int64, contiguous.
  let numbers: Saved
  let ends: [Int]
  let paddingIndex: Int?
}

/// table (V, D), B bags, factors (numbers of all bags) -> (B, D), one row for each bag.
func embeddingBag(
  _ table: Tensor, _ bags: Bags, _ mode: EmbeddingBagMode, _ factors: Tensor?
) throws(TensorError) -> Tensor {
  let dim = table.layout.shape[1]
  let shape = Extents(bags.ends.count, dim)
  _ = try elementCount(shape, "EmbeddingBag")
  let out = try Tensor.filled(shape, table.dtype, 0)
  let scales = try factors.map { factors throws(TensorError) in try packedElements(factors) }
  let isRecorded = records([table] + (factors.map { [$0] } ?? []))
  // For a maximum the row it came from, -1 for none.
  let winners =
    mode == .max && isRecorded ? try Tensor.filled(out.layout.shape, .int64, -1) : nil
  let numbers = bags.numbers.tensor.pointer(Int.self)
  func run<T: Real>(_ type: T.Type) {
    let rows = table.pointer(T.self)
    let weights = scales?.pointer(T.self)
    var start = 0
    for (bag, end) in bags.ends.enumerated() {
      let target = out.pointer(T.self) + bag * dim
      var size = 0
      for i in start..<end where numbers[i] != bags.paddingIndex {
        let row = rows + numbers[i] * dim
        if mode == .max {
          let winner = winners.map { $0.pointer(Int.self) + bag * dim }
          for d in 0..<dim where size == 0 || row[d] > target[d] {
            target[d] = row[d]
            winner?[d] = numbers[i]
          }
        } else {
          let factor = weights?[i] ?? 1
          for d in 0..<dim { target[d] += row[d] * factor }
        }
        size += 1
      }
      if mode == .mean && size > 1 {
        let share = T(number: Double(size))
        for d in 0..<dim { target[d] /= share }
      }
      start = end
    }
  }
  if table.dtype == .float32 { run(Float.self) } else { run(Double.self) }
  guard isRecorded else { return out }
  return out.made(by: EmbeddingBagNode(table, bags, mode, factors, scales, winners))
}

/// The gradient of a bag goes to its rows: whole for a sum, times the factor; shared for a mean; to
/// the row that won for a maximum. A factor gets the product of its row and the bag's gradient.
final class EmbeddingBagNode: Node {
  let table: Saved
  let bags: Bags
  let mode: EmbeddingBagMode
  let scales: Saved?
  let winners: Saved?
  override var name: String { "EmbeddingBagBackward0" }

  init(
    _ table: Tensor, _ bags: Bags, _ mode: EmbeddingBagMode, _ factors: Tensor?,
    _ scales: Tensor?, _ winners: Tensor?
  ) {
    self.table = Saved(table)
    self.bags = bags
    self.mode = mode
    self.scales = scales.map { Saved($0) }
    self.winners = winners.map { Saved($0) }
    super.init(table, factors)
  }

  override func backward(_ gradient: Tensor) throws(TensorError) {
    let g = try packedElements(gradient)
    let dim = table.layout.shape[1]
    _ = try bags.numbers.places()
    if first.isWanted {
      let whole = try Tensor.filled(table.layout.shape, g.dtype, 0)
      if g.dtype == .float32 {
        spread(g, whole, dim, Float.self)
      } else {
        spread(g, whole, dim, Double.self)
      }
      try Tape.send(whole, to: first)
    }
    if second.isWanted, let scales {
      let products = try Tensor.filled(scales.layout.shape, g.dtype, 0)
      if g.dtype == .float32 {
        multiply(g, products, dim, Float.self)
      } else {
        multiply(g, products, dim, Double.self)
      }
      try Tape.send(products, to: second)
    }
  }

  private func spread<T: Real>(_ g: Tensor, _ whole: Tensor, _ dim: Int, _ type: T.Type) {
    let numbers = bags.numbers.tensor.pointer(Int.self)
    let (rows, weights) = (whole.pointer(T.self), scales?.tensor.pointer(T.self))
    var start = 0
    for (bag, end) in bags.ends.enumerated() {
      let seed = g.pointer(T.self) + bag * dim
      if let winners {
        let winner = winners.tensor.pointer(Int.self) + bag * dim
        for d in 0..<dim where winner[d] >= 0 { rows[winner[d] * dim + d] += seed[d] }
      } else {
        var size = 0
        if mode == .mean {
          for i in start..<end where numbers[i] != bags.paddingIndex { size += 1 }
        }
        let share = 1 / T(number: Double(max(size, 1)))
        for i in start..<end where numbers[i] != bags.paddingIndex {
          let row = rows + numbers[i] * dim
          let factor = weights?[i] ?? share
          for d in 0..<dim { row[d] += seed[d] * factor }
        }
      }
      start = end
    }
  }

  private func multiply<T: Real>(_ g: Tensor, _ products: Tensor, _ dim: Int, _ type: T.Type) {
    let numbers = bags.numbers.tensor.pointer(Int.self)
    let (rows, target) = (table.tensor.pointer(T.self), products.pointer(T.self))
    var start = 0
    for (bag, end) in bags.ends.enumerated() {
      let seed = g.pointer(T.self) + bag * dim
      for i in start..<end where numbers[i] != bags.paddingIndex {
        let row = rows + numbers[i] * dim
        for d in 0..<dim { target[i] += row[d] * seed[d] }
      }
      start = end
    }
  }
}

// Sums of products written as subscripts (`torch.einsum`), over `matmul`, `permute` and `sum`, which
// bring their gradients along.

/// The left and right side of an equation, one list of labels for each operand. Dimensions that an
/// ellipsis stands for have the labels 0, 1, … from the right, letters their character's number.
private struct Equation {
  var operands: [[Int]] = []
  var result: [Int] = []

  init(_ text: String, _ ranks: [Int]) throws(TensorError) {
    let plain = text.filter { $0 != " " }
    let sides = plain.components(separatedBy: "->")
    guard sides.count <= 2 else { throw Equation.wrong("more than one -> in \"\(text)\"") }
    let parts = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == ranks.count else {
      throw Equation.wrong("\"\(text)\" is for \(parts.count) operands, got \(ranks.count)")
    }
    var widest = 0
    for (part, rank) in Swift.zip(parts, ranks) {
      let (labels, hidden) = try Equation.labels(String(part), rank: rank, text)
      operands.append(labels)
      widest = max(widest, hidden)
    }
    if sides.count == 2 {
      result = try Equation.labels(sides[1], rank: nil, text, hidden: widest).labels
      for label in result where !operands.contains(where: { $0.contains(label) }) {
        throw Equation.wrong(
          "\(Equation.name(label)) of the result is in no operand of \"\(text)\"")
      }
      for (i, label) in result.enumerated() where result[..<i].contains(label) {
        throw Equation.wrong("\(Equation.name(label)) appears twice in the result of \"\(text)\"")
      }
    } else {
      // Without a right side: the hidden dimensions, then what appears once, in alphabetic order.
      let all = operands.joined()
      result =
        (0..<widest).reversed()
        + Set(all).filter { label in label >= 64 && all.filter { $0 == label }.count == 1 }.sorted()
    }
  }

  private static func wrong(_ message: String) -> TensorError { TensorError("einsum", message) }

  static func name(_ label: Int) -> String {
    label < 64 ? "..." : String(UnicodeScalar(UInt8(label)))
  }

  private static func labels(
    _ part: String, rank: Int?, _ text: String, hidden: Int = 0
  ) throws(TensorError) -> (labels: [Int], hidden: Int) {
    let pieces = part.components(separatedBy: "...")
    guard pieces.count <= 2 else { throw wrong("more than one ellipsis in \"\(part)\"") }
    let letters = pieces.joined()
    for letter in letters where !(letter.isASCII && letter.isLetter) {
      throw wrong("expected letters as labels, got \"\(letter)\" in \"\(text)\"")
    }
    let hidden = rank.map { $0 - letters.count } ?? hidden
    if let rank {
      guard pieces.count == 2 ? hidden >= 0 : hidden == 0 else {
        throw wrong("\"\(part)\" does not fit an operand of \(rank) dimensions")
      }
    }
    func codes(_ text: String) -> [Int] { text.utf8.map { Int($0) } }
    guard pieces.count == 2 else { return (codes(letters), 0) }
    return (codes(pieces[0]) + (0..<max(hidden, 0)).reversed() + codes(pieces[1]), hidden)
  }
}

extension String {
  /// The parts between the occurrences of `separator`.
  fileprivate func components(separatedBy separator: String) -> [String] {
    var (parts, rest) = ([String](), self[...])
    while let place = rest.firstPlace(of: separator) {
      parts.append(String(rest[..<place]))
      rest = rest[rest.index(place, offsetBy: separator.count)...]
    }
    return parts + [String(rest)]
  }
}

extension Substring {
  fileprivate func firstPlace(of text: String) -> Index? {
    indices.first { self[$0...].hasPrefix(text) }
  }
}

/// A tensor whose dimensions have labels, each once.
private struct Labelled {
  var tensor: Tensor
  var labels: [Int]

  /// Takes the diagonal of dimensions with the same label.
  init(_ tensor: Tensor, _ labels: [Int]) {
    (self.tensor, self.labels) = (tensor, labels)
    var i = 0
    while i < self.labels.count {
      guard let j = self.labels[(i + 1)...].firstIndex(of: self.labels[i]) else {
        i += 1
        continue
      }
      self.tensor = self.tensor.diagonal(0, dim0: i, dim1: j)
      let label = self.labels[i]
      self.labels.remove(at: j)
      self.labels.remove(at: i)
      self.labels.append(label)
    }
  }

  /// Summed over the dimensions that are not among `wanted`.
  mutating func sum(keeping wanted: Set<Int>) {
    let gone = labels.indices.filter { !wanted.contains(labels[$0]) }
    guard !gone.isEmpty else { return }
    tensor = tensor.sum(dim: gone)
    labels.removeAll { !wanted.contains($0) }
  }

  /// With the dimensions in the order of `target`, size 1 where there is none.
  func arranged(_ target: [Int]) -> Tensor {
    let own = target.filter { labels.contains($0) }
    var out = own == labels ? tensor : tensor.permute(own.map { labels.firstIndex(of: $0) ?? 0 })
    for (i, label) in target.enumerated() where !labels.contains(label) { out = out.unsqueeze(i) }
    return out
  }

  func size(_ label: Int) -> Int { labels.firstIndex(of: label).map { tensor.size($0) } ?? 1 }
}

/// The product of two labelled tensors, summed over what is not in `wanted`: one batched matrix
/// product [batch, left, inner] x [batch, inner, right].
private func contracted(_ a: Labelled, _ b: Labelled, _ wanted: Set<Int>) -> Labelled {
  var (a, b) = (a, b)
  a.sum(keeping: wanted.union(b.labels))
  b.sum(keeping: wanted.union(a.labels))
  // A size of 1 against another one is broadcast, which a matrix product does not do: it is summed
  // away where it stands.
  for label in a.labels where b.labels.contains(label) && a.size(label) != b.size(label) {
    if a.size(label) == 1 {
      a.sum(keeping: Set(a.labels).subtracting([label]))
    } else {
      b.sum(keeping: Set(b.labels).subtracting([label]))
    }
  }
  a.sum(keeping: wanted.union(b.labels))
  b.sum(keeping: wanted.union(a.labels))
  let shared = a.labels.filter { b.labels.contains($0) }
  let batch = shared.filter { wanted.contains($0) }
  let inner = shared.filter { !wanted.contains($0) }
  let left = a.labels.filter { !shared.contains($0) }
  let right = b.labels.filter { !shared.contains($0) }
  func count(_ x: Labelled, _ labels: [Int]) -> Int { labels.reduce(1) { $0 * x.size($1) } }
  if inner.isEmpty {
    let order = batch + left + right
    return Labelled(a.arranged(order) * b.arranged(order), order)
  }
  let x = a.arranged(batch + left + inner)
    .reshape(count(a, batch), count(a, left), count(a, inner))
  let y = b.arranged(batch + inner + right)
    .reshape(count(b, batch), count(b, inner), count(b, right))
  let shape = (batch + left).map { a.size($0) } + right.map { b.size($0) }
  return Labelled(x.matmul(y).reshape(shape), batch + left + right)
}

/// A sum of products of the operands' elements, in Einstein's notation: `einsum("ij,jk->ik", a, b)` is
/// the matrix product (`torch.einsum`).
///
/// A letter stands for a dimension of the operands it appears in; what is missing on the right of the
/// arrow is summed over, a letter twice in one operand is its diagonal, `...` stands for all other
/// dimensions and is broadcast. Without an arrow the result has the letters that appear once.
/// Operands are combined from the left. Throws (see `attempt`) when the equation does not fit the
/// operands.
public func einsum(_ equation: String, _ operands: Tensor...) -> Tensor {
  einsum(equation, operands)
}

/// As with single operands (`torch.einsum`): `einsum("ij,jk->ik", [a, b])`. Throws (see `attempt`)
/// when the equation does not fit the operands.
public func einsum(_ equation: String, _ operands: [Tensor]) -> Tensor {
  guarded(operands, or: .failed) { () throws(TensorError) in
    guard !operands.isEmpty else { throw TensorError("einsum", "expected operands, got none") }
    let read = try Equation(equation, operands.map(\.dim))
    var sizes = [Int](repeating: 1, count: 128)
    for (n, (operand, labels)) in Swift.zip(operands, read.operands).enumerated() {
      for (i, label) in labels.enumerated() where operand.shape[i] != 1 {
        guard sizes[label] == 1 || sizes[label] == operand.shape[i] else {
          throw TensorError(
            "einsum",
            "\(Equation.name(label)) has size \(sizes[label]) before operand \(n), and size "
              + "\(operand.shape[i]) there")
        }
        sizes[label] = operand.shape[i]
      }
      for (i, label) in labels.enumerated() {
        for j in labels[..<i].indices
        where labels[j] == label && operand.shape[i] != operand.shape[j] {
          throw TensorError(
            "einsum",
            "\(Equation.name(label)) appears twice in operand \(n), with sizes \(operand.shape[j]) "
              + "and \(operand.shape[i])")
        }
      }
    }
    let rest = Swift.zip(operands, read.operands).map { Labelled($0, $1) }
    var whole = rest[0]
    for (i, next) in rest.enumerated().dropFirst() {
      let later = rest[(i + 1)...].flatMap(\.labels)
      whole = contracted(whole, next, Set(read.result + later))
      if whole.tensor.isFailed { return whole.tensor }
    }
    whole.sum(keeping: Set(read.result))
    let out = whole.arranged(read.result)
    let shape = read.result.map { sizes[$0] }
    return out.shape == shape ? out : out.expand(shape)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// The steps in float64, one element at a time: what gradients are checked with, and what the vector
// kernels are tested against. The formulas are those of the layers' documentation.

// Under names that the members of `Real` do not hide.
private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
private func squash(_ x: Double) -> Double { tanh(x) }

extension Double: RecurrentElement {
  static func step(_ kind: RecurrentKind, _ rows: ForwardRows<Double>) {
    let hidden = rows.hidden
    for r in 0..<rows.count {
      let gates = rows.gates + r * kind.gateCount * hidden
      let (kept, out) = (rows.kept + r * hidden, rows.out + r * rows.outStride)
      let before = rows.before.map { $0 + r * rows.beforeStride }
      func bias(_ place: Int) -> Double {
        (rows.inputBias?[place] ?? 0) + (rows.hiddenBias?[place] ?? 0)
      }
      for j in 0..<hidden {
        switch kind {
        case .tanh: out[j] = squash(out[j] + bias(j))
        case .relu: out[j] = max(out[j] + bias(j), 0)
        case .lstm:
          let i = logistic(gates[j] + bias(j))
          let f = logistic(gates[hidden + j] + bias(hidden + j))
          let g = squash(gates[2 * hidden + j] + bias(2 * hidden + j))
          let o = logistic(gates[3 * hidden + j] + bias(3 * hidden + j))
          kept[j] = f * (before?[j] ?? 0) + i * g
          out[j] = o * squash(kept[j])
          (gates[j], gates[hidden + j]) = (i, f)
          (gates[2 * hidden + j], gates[3 * hidden + j]) = (g, o)
        case .gru:
          let sums = rows.sums.map { $0 + r * 3 * hidden }
          let reset = logistic(gates[j] + (sums?[j] ?? 0) + bias(j))
          let z = logistic(gates[hidden + j] + (sums?[hidden + j] ?? 0) + bias(hidden + j))
          kept[j] = (sums?[2 * hidden + j] ?? 0) + (rows.hiddenBias?[2 * hidden + j] ?? 0)
          let n = squash(
            gates[2 * hidden + j] + (rows.inputBias?[2 * hidden + j] ?? 0) + reset * kept[j])
          out[j] = (1 - z) * n + z * (before?[j] ?? 0)
          (gates[j], gates[hidden + j], gates[2 * hidden + j]) = (reset, z, n)
        }
      }
    }
  }

  static func stepBack(_ kind: RecurrentKind, _ rows: BackwardRows<Double>) {
    let hidden = rows.hidden
    for r in 0..<rows.count {
      let gates = rows.gates + r * kind.gateCount * hidden
      let (kept, out) = (rows.kept + r * hidden, rows.out + r * rows.outStride)
      let before = rows.before.map { $0 + r * rows.beforeStride }
      let dOut = rows.dOut.map { $0 + r * rows.outStride }
      let (dh, dc) = (rows.dh + r * hidden, rows.dc + r * hidden)
      for j in 0..<hidden {
        let d = dh[j] + (dOut?[j] ?? 0)
        switch kind {
        case .tanh: gates[j] = d * (1 - out[j] * out[j])
        case .relu: gates[j] = out[j] > 0 ? d : 0
        case .lstm:
          let (i, f) = (gates[j], gates[hidden + j])
          let (g, o) = (gates[2 * hidden + j], gates[3 * hidden + j])
          let q = squash(kept[j])
          let dCell = dc[j] + d * o * (1 - q * q)
          gates[j] = dCell * g * i * (1 - i)
          gates[hidden + j] = dCell * (before?[j] ?? 0) * f * (1 - f)
          gates[2 * hidden + j] = dCell * i * (1 - g * g)
          gates[3 * hidden + j] = d * q * o * (1 - o)
          dc[j] = dCell * f
        case .gru:
          let (reset, z, n) = (gates[j], gates[hidden + j], gates[2 * hidden + j])
          let dn = d * (1 - z) * (1 - n * n)
          gates[j] = dn * kept[j] * reset * (1 - reset)
          gates[hidden + j] = d * ((before?[j] ?? 0) - n) * z * (1 - z)
          gates[2 * hidden + j] = dn
          kept[j] = dn * reset
          dh[j] = d * z
        }
      }
    }
  }
}

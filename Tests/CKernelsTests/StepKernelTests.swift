import CKernels
import Foundation
import XCTest

/// The steps of recurrent layers and of Adam against the same formulas in double.
final class StepKernelTests: XCTestCase {
  private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  private func close(
    _ ours: Float, _ exact: Double, _ what: @autoclosure () -> String,
    file: StaticString = #filePath, line: UInt = #line
  ) {
    if abs(Double(ours) - exact) > 2e-6 * max(1, abs(exact)) {
      XCTFail("\(what()): \(ours), exact \(exact)", file: file, line: line)
    }
  }

  /// Calls `body(hidden, rows, random, name)` for widths from 1 to beyond two vectors.
  private func forEachSize(_ body: (Int, Int, inout FixedRandom, String) -> Void) {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 9)
      for hidden in 1...40 { body(hidden, 1 + hidden % 3, &random, "\(isa), \(hidden) units") }
    }
  }

  func testPlainSteps() {
    forEachSize { hidden, rows, random, name in
      for relu in [false, true] {
        let biasX = hidden % 4 == 0 ? nil : random.floats(hidden)
        let biasH = biasX.map { _ in random.floats(hidden) }
        let sums = Strided(rows, hidden, gap: hidden % 3, &random)
        var h = sums
        optional(biasX, biasH) {
          ck_rnn_forward(rows, hidden, relu, $0, $1, &h.elements, h.stride)
        }
        XCTAssertTrue(h.isIntact, name)
        let dh = random.floats(rows * hidden)
        let dout = Strided(rows, hidden, gap: 2, &random)
        var dsums = Array(repeating: Float(7), count: rows * hidden + 1)
        ck_rnn_backward(
          rows, hidden, relu, h.elements, h.stride, dh, dout.elements, dout.stride, &dsums)
        XCTAssertEqual(dsums[rows * hidden], 7, name)
        for r in 0..<rows {
          for j in 0..<hidden {
            let sum = Double(sums[r, j]) + Double(biasX?[j] ?? 0) + Double(biasH?[j] ?? 0)
            let y = relu ? max(sum, 0) : tanh(sum)
            let d = Double(dh[r * hidden + j]) + Double(dout[r, j])
            close(h[r, j], y, name)
            close(dsums[r * hidden + j], d * (relu ? (h[r, j] > 0 ? 1 : 0) : 1 - y * y), name)
          }
        }
      }
    }
  }

  func testLSTMSteps() {
    forEachSize { hidden, rows, random, name in
      let hasBias = hidden % 4 != 0
      let biases = (random.floats(4 * hidden), random.floats(4 * hidden))
      let isFirst = hidden % 5 == 0
      let before = random.floats(rows * hidden)
      let sums = random.floats(rows * 4 * hidden)
      var gates = sums + [7]
      var cells = Array(repeating: Float(7), count: rows * hidden + 1)
      var h = Strided(rows, hidden, gap: hidden % 3, &random)
      optional(hasBias ? biases.0 : nil, hasBias ? biases.1 : nil) { x, b in
        optional(isFirst ? nil : before, nil) { before, _ in
          ck_lstm_forward(rows, hidden, &gates, x, b, before, &cells, &h.elements, h.stride)
        }
      }
      let dh = random.floats(rows * hidden)
      let dout = Strided(rows, hidden, gap: 1, &random)
      let laterDc = random.floats(rows * hidden)
      var (dgates, dc) = (gates, laterDc + [7])
      optional(isFirst ? nil : before, nil) { before, _ in
        ck_lstm_backward(
          rows, hidden, &dgates, before, cells, dh, dout.elements, dout.stride, &dc)
      }
      XCTAssertTrue(h.isIntact, name)
      XCTAssertEqual([gates.last, cells.last, dgates.last, dc.last], [7, 7, 7, 7], name)
      for r in 0..<rows {
        for j in 0..<hidden {
          func sum(_ gate: Int) -> Double {
            let place = gate * hidden + j
            let bias = hasBias ? Double(biases.0[place]) + Double(biases.1[place]) : 0
            return Double(sums[r * 4 * hidden + place]) + bias
          }
          func gradient(_ gate: Int) -> Float { dgates[r * 4 * hidden + gate * hidden + j] }
          let (i, f, g, o) = (logistic(sum(0)), logistic(sum(1)), tanh(sum(2)), logistic(sum(3)))
          let c0 = isFirst ? 0 : Double(before[r * hidden + j])
          let c = f * c0 + i * g
          close(cells[r * hidden + j], c, name)
          close(h[r, j], o * tanh(c), name)
          let d = Double(dh[r * hidden + j]) + Double(dout[r, j])
          let dcell = d * o * (1 - tanh(c) * tanh(c)) + Double(laterDc[r * hidden + j])
          close(gradient(0), dcell * g * i * (1 - i), name)
          close(gradient(1), dcell * c0 * f * (1 - f), name)
          close(gradient(2), dcell * i * (1 - g * g), name)
          close(gradient(3), d * tanh(c) * o * (1 - o), name)
          close(dc[r * hidden + j], dcell * f, name)
        }
      }
    }
  }

  func testGRUSteps() {
    forEachSize { hidden, rows, random, name in
      let hasBias = hidden % 4 != 0
      let biases = (random.floats(3 * hidden), random.floats(3 * hidden))
      let isFirst = hidden % 5 == 0
      let before = Strided(rows, hidden, gap: 2, &random)
      let (inputs, sums) = (random.floats(rows * 3 * hidden), random.floats(rows * 3 * hidden))
      var gates = inputs + [7]
      var kept = Array(repeating: Float(7), count: rows * hidden + 1)
      var h = Strided(rows, hidden, gap: hidden % 3, &random)
      let past = isFirst ? nil : before.elements
      optional(hasBias ? biases.0 : nil, hasBias ? biases.1 : nil) { x, b in
        optional(past, isFirst ? nil : sums) { before0, sums in
          ck_gru_forward(
            rows, hidden, &gates, sums, x, b, before0, before.stride, &kept, &h.elements, h.stride)
        }
      }
      let laterDh = random.floats(rows * hidden)
      let dout = Strided(rows, hidden, gap: 1, &random)
      var (dgates, dkept, dh) = (gates, kept, laterDh + [7])
      optional(past, nil) { before0, _ in
        ck_gru_backward(
          rows, hidden, &dgates, before0, before.stride, &dkept, &dh, dout.elements, dout.stride)
      }
      XCTAssertTrue(h.isIntact, name)
      XCTAssertEqual(
        [gates.last, kept.last, dgates.last, dkept.last, dh.last], Array(repeating: 7, count: 5))
      for r in 0..<rows {
        for j in 0..<hidden {
          func part(_ values: [Float], _ gate: Int) -> Double {
            Double(values[r * 3 * hidden + gate * hidden + j])
          }
          func bias(_ values: [Float], _ gate: Int) -> Double {
            hasBias ? Double(values[gate * hidden + j]) : 0
          }
          func state(_ gate: Int) -> Double {
            (isFirst ? 0 : part(sums, gate)) + bias(biases.1, gate)
          }
          func input(_ gate: Int) -> Double { part(inputs, gate) + bias(biases.0, gate) }
          let (reset, z) = (logistic(input(0) + state(0)), logistic(input(1) + state(1)))
          let n = tanh(input(2) + reset * state(2))
          let h0 = isFirst ? 0 : Double(before[r, j])
          close(kept[r * hidden + j], state(2), name)
          close(h[r, j], (1 - z) * n + z * h0, name)
          let d = Double(laterDh[r * hidden + j]) + Double(dout[r, j])
          let dn = d * (1 - z) * (1 - n * n)
          close(Float(part(dgates, 0)), dn * state(2) * reset * (1 - reset), name)
          close(Float(part(dgates, 1)), d * (h0 - n) * z * (1 - z), name)
          close(Float(part(dgates, 2)), dn, name)
          close(dkept[r * hidden + j], dn * reset, name)
          close(dh[r * hidden + j], d * z, name)
        }
      }
    }
  }

  func testAdamSteps() {
    forEachInstructionSet { isa in
      var random = FixedRandom(state: 10)
      for n in 1...70 {
        let (maximizes, decays, keepsGreatest) = (n % 2 == 0, n % 3 == 0, n % 5 == 0)
        var rule = ck_adam_rule()
        (rule.beta2, rule.fresh2, rule.penalty) = (0.99, 0.01, n % 4 == 0 ? 0.1 : 0)
        (rule.maximizes, rule.decays) = (maximizes, decays)
        var step = ck_adam_step(rate: 0.05, epsilon: 1e-4, fresh1: 0.1, kept: decays ? 0.98 : 1)
        let (p, g, m) = (random.floats(n), random.floats(n), random.floats(n))
        let (v, greatest) = (random.floats(n).map { abs($0) }, random.floats(n).map { abs($0) })
        var (p1, m1, v1, greatest1) = (p + [7], m + [7], v + [7], greatest + [7])
        greatest1.withUnsafeMutableBufferPointer {
          ck_adam_step_all(
            &p1, g, &m1, &v1, keepsGreatest ? $0.baseAddress : nil, n, &rule, &step)
        }
        XCTAssertEqual([p1.last, m1.last, v1.last, greatest1.last], [7, 7, 7, 7], isa)
        for i in 0..<n {
          let slope =
            (maximizes ? -1 : 1) * Double(g[i]) + Double(rule.penalty) * Double(p[i])
          let value = Double(p[i]) * (decays ? Double(step.kept) : 1)
          let mean = Double(m[i]) + Double(step.fresh1) * (slope - Double(m[i]))
          let square = Double(rule.beta2) * Double(v[i]) + Double(rule.fresh2) * slope * slope
          let most = keepsGreatest ? max(square, Double(greatest[i])) : square
          let name = "\(isa) element \(i) of \(n)"
          close(m1[i], mean, name)
          close(v1[i], square, name)
          close(greatest1[i], keepsGreatest ? most : Double(greatest[i]), name)
          close(
            p1[i], value - Double(step.rate) * mean / (most.squareRoot() + Double(step.epsilon)),
            name)
        }
      }
    }
  }
}

/// Pointers to arrays that may be missing.
private func optional(
  _ a: [Float]?, _ b: [Float]?, _ body: (UnsafePointer<Float>?, UnsafePointer<Float>?) -> Void
) {
  (a ?? []).withUnsafeBufferPointer { first in
    (b ?? []).withUnsafeBufferPointer { second in
      body(a == nil ? nil : first.baseAddress, b == nil ? nil : second.baseAddress)
    }
  }
}

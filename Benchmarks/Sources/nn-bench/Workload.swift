// What is timed.

import Foundation
import NN

/// Seconds spent in the parts of training steps.
struct Phases {
  var forward = 0.0
  var backward = 0.0
  /// The optimizer's step, forgetting the gradients, and clipping.
  var optimizer = 0.0
}

/// Work that is done again and again.
protocol Workload: AnyObject {
  /// The steps of a measurement, not scaled.
  var steps: Int { get }
  /// What one step handles: sequences, images, products.
  var examples: Int { get }
  /// Floating-point operations of a step's matrix products, a lower bound; 0 where there are hardly any.
  var flops: Double { get }
  /// Bytes that a step must read and write, where that is what is measured.
  var bytes: Double { get }
  /// The loss of the last step.
  var loss: Double? { get }

  /// Runs steps, the first with batch number `start`; the times of their parts where it trains.
  func run(_ count: Int, from start: Int) -> Phases?
}

/// Seconds of a clock that never goes back.
func seconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

/// Training as a notebook does it, over a fixed list of batches in turn.
final class Training<Sample>: Workload {
  let steps, examples: Int
  let flops: Double
  let bytes = 0.0
  private(set) var loss: Double?
  private let samples: [Sample]
  private let optimizer: Optimizer
  private let clipValue: Double?
  private let lossOf: (Sample) -> Tensor

  init(
    steps: Int, examples: Int, flops: Double, _ samples: [Sample], _ optimizer: Optimizer,
    clipValue: Double? = nil, loss: @escaping (Sample) -> Tensor
  ) {
    (self.steps, self.examples, self.flops) = (steps, examples, flops)
    (self.samples, self.optimizer, self.clipValue) = (samples, optimizer, clipValue)
    lossOf = loss
  }

  func run(_ count: Int, from start: Int) -> Phases? {
    var phases = Phases()
    for i in start..<start + count {
      let sample = samples[i % samples.count]
      let begun = seconds()
      let result = lossOf(sample)
      let computed = seconds()
      optimizer.zeroGrad()
      let cleared = seconds()
      result.backward()
      let derived = seconds()
      if let clipValue { clipGradValue(optimizer.parameters, clipValue: clipValue) }
      optimizer.step()
      let moved = seconds()
      phases.forward += computed - begun
      phases.backward += derived - cleared
      phases.optimizer += (cleared - computed) + (moved - derived)
      if i == start + count - 1 { loss = result.item() }
    }
    return phases
  }
}

/// A computation without training.
final class Repetition: Workload {
  let steps, examples: Int
  let flops, bytes: Double
  let loss: Double? = nil
  private let body: () -> Void

  init(
    steps: Int, examples: Int = 1, flops: Double = 0, bytes: Double = 0,
    _ body: @escaping () -> Void
  ) {
    (self.steps, self.examples, self.flops, self.bytes) = (steps, examples, flops, bytes)
    self.body = body
  }

  func run(_ count: Int, from start: Int) -> Phases? {
    for _ in 0..<count { body() }
    return nil
  }
}

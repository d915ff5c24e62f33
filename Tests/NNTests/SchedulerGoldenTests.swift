import XCTest

@testable import NN
@testable import Tensors

/// Learning rates from epoch to epoch.
final class SchedulerGoldenTests: XCTestCase {
  private let single: [String: (Optimizer) -> LRScheduler] = [
    "StepLR(o, step_size=3, gamma=0.5)": { StepLR($0, stepSize: 3, gamma: 0.5) },
    "ExponentialLR(o, gamma=0.9)": { ExponentialLR($0, gamma: 0.9) },
    "MultiStepLR(o, milestones=[2, 5], gamma=0.1)": { MultiStepLR($0, milestones: [2, 5]) },
    "CosineAnnealingLR(o, T_max=10)": { CosineAnnealingLR($0, maxEpochs: 10) },
    "LambdaLR(o, lambda e: 1 / (e + 1))": { LambdaLR($0) { 1 / Double($0 + 1) } },
    "LinearLR(o)": { LinearLR($0) },
  ]

  func testOneGroup() throws {
    let records = try XCTUnwrap(
      try Golden("optim").root["schedulers"] as? [[String: Any]])
    assertCovered(
      records.compactMap { $0["code"] as? String },
      run: Array(single.keys) + ["ReduceLROnPlateau(o, patience=1, factor=0.5)"], notYet: [:])
    for record in records {
      let code = try XCTUnwrap(record["code"] as? String)
      let optimizer = SGD([Parameter(.ones(1))], lr: 0.1)
      if let metrics = record["metric"] as? [Double] {
        let scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1)
        let rates = metrics.map { metric in
          scheduler.step(Tensor(metric))
          return optimizer.lr
        }
        assertEqual(rates, record["lr_after"], code)
      } else {
        let scheduler = try XCTUnwrap(single[code])(optimizer)
        let rates = (0..<12).map { _ in
          defer { scheduler.step() }
          return optimizer.lr
        }
        assertEqual(rates, record["lr"], code)
      }
    }
  }

  private func assertEqual(_ rates: [Double], _ recorded: Any?, _ code: String) {
    let expected = recorded as? [Double] ?? []
    XCTAssertEqual(rates.count, expected.count, code)
    for (epoch, (rate, value)) in zip(rates, expected).enumerated() {
      XCTAssertEqual(rate, value, accuracy: 1e-9 + 1e-8 * abs(value), "\(code), epoch \(epoch)")
    }
  }

  /// Both kinds of scheduler, as far as this test asks them.
  private struct Schedule {
    let step: () -> Void
    let rates: () -> [Double]

    init(_ scheduler: LRScheduler) {
      step = { scheduler.step() }
      rates = { scheduler.lastLR }
    }

    init(_ scheduler: SequentialLR) {
      step = { scheduler.step() }
      rates = { scheduler.lastLR }
    }
  }

  private let grouped: [String: (Optimizer) -> Schedule] = [
    "StepLR(o, step_size=2)": { Schedule(StepLR($0, stepSize: 2)) },
    "MultiStepLR(o, milestones=[3, 3, 7], gamma=0.5)": {
      Schedule(MultiStepLR($0, milestones: [3, 3, 7], gamma: 0.5))
    },
    "LinearLR(o, start_factor=0.5, end_factor=0.25, total_iters=4)": {
      Schedule(LinearLR($0, startFactor: 0.5, endFactor: 0.25, totalIterations: 4))
    },
    "ConstantLR(o)": { Schedule(ConstantLR($0)) },
    "ConstantLR(o, factor=0.5, total_iters=3)": {
      Schedule(ConstantLR($0, factor: 0.5, totalIterations: 3))
    },
    "PolynomialLR(o)": { Schedule(PolynomialLR($0)) },
    "PolynomialLR(o, total_iters=8, power=2.0)": {
      Schedule(PolynomialLR($0, totalIterations: 8, power: 2))
    },
    "CosineAnnealingLR(o, T_max=4, eta_min=0.01)": {
      Schedule(CosineAnnealingLR($0, maxEpochs: 4, minLR: 0.01))
    },
    "CosineAnnealingWarmRestarts(o, 3)": {
      Schedule(CosineAnnealingWarmRestarts($0, firstEpochs: 3))
    },
    "CosineAnnealingWarmRestarts(o, 2, T_mult=2, eta_min=0.001)": {
      Schedule(CosineAnnealingWarmRestarts($0, firstEpochs: 2, factor: 2, minLR: 0.001))
    },
    "MultiplicativeLR(o, lambda e: 0.95)": { Schedule(MultiplicativeLR($0) { _ in 0.95 }) },
    "LambdaLR(o, [lambda e: 0.5 ** e, lambda e: 1.0])": {
      Schedule(LambdaLR($0, factors: [{ Double.pow(0.5, Double($0)) }, { _ in 1 }]))
    },
    "OneCycleLR(o, max_lr=0.5, total_steps=24)": {
      Schedule(OneCycleLR($0, maxLR: 0.5, totalSteps: 24))
    },
    "OneCycleLR(o, max_lr=[0.5, 0.1], total_steps=30, pct_start=0.25, anneal_strategy='linear', "
      + "base_momentum=0.8, max_momentum=0.9, div_factor=10, final_div_factor=100)": {
        Schedule(
          OneCycleLR(
            $0, maxLRs: [0.5, 0.1], totalSteps: 30, pctStart: 0.25, annealStrategy: .linear,
            baseMomentum: 0.8, maxMomentum: 0.9, divFactor: 10, finalDivFactor: 100))
      },
    "OneCycleLR(o, max_lr=1.0, total_steps=24, three_phase=True)": {
      Schedule(OneCycleLR($0, maxLR: 1, totalSteps: 24, threePhase: true))
    },
    "OneCycleLR(o, max_lr=0.5, total_steps=24, cycle_momentum=False)": {
      Schedule(OneCycleLR($0, maxLR: 0.5, totalSteps: 24, cycleMomentum: false))
    },
    "SequentialLR(o, [LinearLR(o, total_iters=4), CosineAnnealingLR(o, T_max=10)], "
      + "milestones=[4])": {
        Schedule(
          SequentialLR(
            [LinearLR($0, totalIterations: 4), CosineAnnealingLR($0, maxEpochs: 10)],
            milestones: [4]))
      },
    "SequentialLR(o, [ConstantLR(o, 0.1, total_iters=20), StepLR(o, 2, 0.5), "
      + "ExponentialLR(o, 0.9)], milestones=[3, 9])": {
        Schedule(
          SequentialLR(
            [
              ConstantLR($0, factor: 0.1, totalIterations: 20),
              StepLR($0, stepSize: 2, gamma: 0.5), ExponentialLR($0, gamma: 0.9),
            ], milestones: [3, 9]))
      },
  ]

  private func twoGroups() -> SGD {
    SGD(
      [ParameterGroup([Parameter(.ones(1))]), ParameterGroup([Parameter(.ones(1))], lr: 0.02)],
      lr: 0.1, momentum: 0.3)
  }

  func testTwoGroups() throws {
    let golden = try Golden("optim_more").root
    let records = try XCTUnwrap(golden["schedulers"] as? [[String: Any]])
    assertCovered(
      records.compactMap { $0["code"] as? String }, run: grouped.keys, notYet: [:])
    for record in records {
      let code = try XCTUnwrap(record["code"] as? String)
      let optimizer = twoGroups()
      let schedule = try XCTUnwrap(grouped[code])(optimizer)
      let rates = try XCTUnwrap(record["lr"] as? [[Double]])
      let momenta = try XCTUnwrap(record["momentum"] as? [Double])
      for epoch in rates.indices {
        XCTAssertEqual(optimizer.groups.map { $0.lr }, schedule.rates(), code)
        for (rate, value) in zip(schedule.rates(), rates[epoch]) {
          XCTAssertEqual(rate, value, accuracy: 1e-14 * abs(value), "\(code), epoch \(epoch)")
        }
        XCTAssertEqual(optimizer.momentum, momenta[epoch], accuracy: 1e-14, "\(code), \(epoch)")
        schedule.step()
      }
    }
  }

  func testPlateaus() throws {
    let golden = try Golden("optim_more").root
    let metrics = try XCTUnwrap(golden["metric"] as? [Double])
    let schedulers: [String: (Optimizer) -> ReduceLROnPlateau] = [
      "ReduceLROnPlateau(o, patience=0, cooldown=2)": {
        ReduceLROnPlateau($0, patience: 0, cooldown: 2)
      },
      "ReduceLROnPlateau(o, mode='max', patience=2, factor=0.3)": {
        ReduceLROnPlateau($0, mode: .max, factor: 0.3, patience: 2)
      },
      "ReduceLROnPlateau(o, patience=1, threshold=0.1, threshold_mode='abs', min_lr=0.005)": {
        ReduceLROnPlateau(
          $0, patience: 1, threshold: 0.1, thresholdMode: .absolute, minLR: 0.005)
      },
      "ReduceLROnPlateau(o, mode='max', patience=1, threshold=0.2, threshold_mode='abs', eps=0.02)":
        {
          ReduceLROnPlateau(
            $0, mode: .max, patience: 1, threshold: 0.2, thresholdMode: .absolute, eps: 0.02)
        },
    ]
    let records = try XCTUnwrap(golden["plateau"] as? [[String: Any]])
    assertCovered(
      records.compactMap { $0["code"] as? String }, run: schedulers.keys, notYet: [:])
    for record in records {
      let code = try XCTUnwrap(record["code"] as? String)
      let scheduler = try XCTUnwrap(schedulers[code])(twoGroups())
      for (metric, rates) in zip(metrics, try XCTUnwrap(record["lr_after"] as? [[Double]])) {
        scheduler.step(metric)
        for (rate, value) in zip(scheduler.lastLR, rates) {
          XCTAssertEqual(rate, value, accuracy: 1e-14, code)
        }
      }
    }
  }
}

import Foundation
import XCTest

@testable import Tensors

/// Every part of every recorded file is compared by a test, or there is a reason why not.
///
/// The tests named here compare all cases of their part, or name the others: see `assertCovered`.
final class GoldenCoverageTests: XCTestCase {
  private let tests: [String: [String: String]] = [
    "cells": ["cases": "CellGoldenTests"],
    "clip": ["cases": "ClippingGoldenTests", "grads_before": "ClippingGoldenTests"],
    "errors": ["cases": "ErrorGoldenTests"],
    "gru": ["cases": "RecurrentGoldenTests"],
    "hihell": [
      "initial_params": "HihellGoldenTests", "grads_step_1": "HihellGoldenTests",
      "losses": "HihellGoldenTests", "predictions": "HihellGoldenTests",
      "final_params": "HihellGoldenTests", "losses_float64": "HihellGoldenTests",
    ],
    "init": [
      "cases": "InitialWeightsGoldenTests", "large": "InitialWeightsGoldenTests",
      "init_functions": "InitialWeightsGoldenTests",
    ],
    "layers": ["cases": "LayerGoldenTests"],
    "losses": ["cases": "LossGoldenTests", "W": "LossGoldenTests"],
    "lstm": ["cases": "RecurrentGoldenTests"],
    "modules": ["cases": "ModuleTextGoldenTests"],
    "more_ops": ["cases": "MoreOperationGoldenTests", "inputs": "MoreOperationGoldenTests"],
    "older_version": ["cases": "GoldenCoverageTests"],
    "ops": ["cases": "OperationGoldenTests", "inputs": "OperationGoldenTests"],
    "optim": [
      "cases": "OptimizerGoldenTests", "start": "OptimizerGoldenTests",
      "grads": "OptimizerGoldenTests", "schedulers": "SchedulerGoldenTests",
    ],
    "optim_adam": ["cases": "OptimizerGoldenTests"],
    "optim_more": [
      "cases": "OptimizerGoldenTests", "texts": "OptimizerGoldenTests",
      "schedulers": "SchedulerGoldenTests", "metric": "SchedulerGoldenTests",
      "plateau": "SchedulerGoldenTests",
    ],
    "other_rng": ["cases": "OtherRandomGoldenTests"],
    "packing": ["cases": "PackingGoldenTests", "pad_sequence": "PackingGoldenTests"],
    "print": ["cases": "PrintGoldenTests"],
    "rng": [
      "cases": "RandomGoldenTests", "other_seeds": "RandomGoldenTests",
      "generator": "RandomGoldenTests",
    ],
    "rnn_relu": ["cases": "RecurrentGoldenTests"],
    "rnn_tanh": ["cases": "RecurrentGoldenTests"],
    "settings": [
      "cases": "SettingsGoldenTests", "losses": "SettingsGoldenTests", "W": "SettingsGoldenTests",
      "P": "SettingsGoldenTests",
    ],
    "summary": ["cases": "SummaryGoldenTests"],
    "tagger": [
      "word_to_idx": "TaggerGoldenTests", "tag_to_idx": "TaggerGoldenTests",
      "sentences": "TaggerGoldenTests", "initial_params": "TaggerGoldenTests",
      "grads_step_1": "TaggerGoldenTests", "losses": "TaggerGoldenTests",
      "predictions": "TaggerGoldenTests", "final_params": "TaggerGoldenTests",
      "losses_float64": "TaggerGoldenTests",
    ],
  ]

  /// Parts that tell how a file was made, and settings that the tests have written out.
  private let described: Set = [
    "topic", "torch", "torchinfo", "note", "seed", "setup", "input", "target", "idx2char",
    "hidden_size",
    "embedding_size", "predictions_equal_in_float64", "largest_float32_float64_loss_difference",
  ]

  private var folder: URL {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.lastPathComponent != "Tests" { folder.deleteLastPathComponent() }
    return folder
  }

  private func topics(_ folder: URL) throws -> Set<String> {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return Set(
      files.filter { $0.pathExtension == "json" }
        .map { $0.deletingPathExtension().lastPathComponent })
  }

  func testEveryPartHasATest() throws {
    // These two have tests of their own, which walk through the whole file.
    var committed = try topics(folder.appendingPathComponent("Golden"))
    for topic in ["from_pytorch", "random_programs"] {
      XCTAssertEqual(committed.remove(topic), topic)
    }
    XCTAssertEqual(committed, Set(tests.keys))
    var sources: [String: String] = [:]
    for target in ["TensorsTests", "NNTests", "DatasetsTests"] {
      let target = folder.appendingPathComponent(target)
      for path in try FileManager.default.subpathsOfDirectory(atPath: target.path)
      where path.hasSuffix("Tests.swift") {
        let file = target.appendingPathComponent(path)
        sources[file.deletingPathExtension().lastPathComponent] = try String(
          contentsOf: file, encoding: .utf8)
      }
    }
    for (topic, parts) in tests {
      let root = try Golden(topic).root
      for key in root.keys where parts[key] == nil && !described.contains(key) {
        XCTFail("\(topic).json: nobody compares \"\(key)\"")
      }
      for (key, test) in parts {
        XCTAssertNotNil(root[key], "\(topic).json: there is no \"\(key)\"")
        let source = try XCTUnwrap(sources[test], "there is no \(test)")
        XCTAssertTrue(
          source.contains("\"\(topic)\"") || source.contains("Golden/\(topic).json"),
          "\(test) does not read \(topic).json")
        let isRead =
          key == "cases"
          ? source.contains("cases") || source.contains(".root") : source.contains("\"\(key)\"")
        XCTAssertTrue(isRead, "\(test) does not read \"\(key)\" of \(topic).json")
      }
    }
  }

  /// What version 2.6 answered differently: it is a case of another file, where version 2.15's answer
  /// is recorded. That is the one we follow.
  func testOlderVersion() throws {
    let older = try Golden("older_version").cases
    XCTAssertEqual(older.count, 33)
    for record in older {
      let topic = try XCTUnwrap(record["topic"] as? String)
      let code = try XCTUnwrap(record["code"] as? String)
      let newer = try XCTUnwrap(record["2.15.0"] as? [String: Any], code)
      let cases = try Golden(topic).cases
      let followed = try XCTUnwrap(cases.first { $0["code"] as? String == code }, code)
      for (key, value) in newer {
        XCTAssertEqual(value as? NSObject, followed[key] as? NSObject, "\(topic): \(code)")
      }
    }
  }

  /// The recordings are those of the folder beside the checkout, when there is one.
  func testCopies() throws {
    let root = folder.deletingLastPathComponent()
    let shared = root.deletingLastPathComponent().appendingPathComponent("shared/golden")
    guard FileManager.default.fileExists(atPath: shared.path) else {
      throw XCTSkip("there is no ../shared/golden")
    }
    for topic in try topics(shared) {
      let name = "\(topic).json"
      let copy = folder.appendingPathComponent("Golden").appendingPathComponent(name)
      XCTAssertEqual(
        try Data(contentsOf: shared.appendingPathComponent(name)), try? Data(contentsOf: copy), name
      )
    }
  }
}

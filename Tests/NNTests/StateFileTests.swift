import Foundation
import XCTest

@testable import NN
@testable import Tensors

/// Files of tensors, against those the Python package writes and reads.
final class StateFileTests: XCTestCase {
  private func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name).safetensors").path
  }

  private var folder = FileManager.default.temporaryDirectory

  override func setUpWithError() throws {
    folder = folder.appendingPathComponent("state-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func testReadingWhatPythonWrote() throws {
    let state = loadState(from: fixture("python"))
    XCTAssertEqual(
      Set(state.keys),
      [
        "fc.weight", "fc.bias", "steps", "indices", "mask", "wide", "empty",
        "name \"quoted\" \\ \n é 日本", "a",
      ])
    // torch.manual_seed(0); torch.randn(2, 3), torch.randn(2)
    XCTAssertEqual(state["fc.weight"]?.shape, [2, 3])
    manualSeed(0)
    let numbers = Tensor.randn(2, 3).doubles + Tensor.randn(2).doubles
    let read = (state["fc.weight"]?.doubles ?? []) + (state["fc.bias"]?.doubles ?? [])
    for (a, b) in zip(read, numbers) { XCTAssertEqual(a, b, accuracy: 3e-6) }
    XCTAssertEqual(state["steps"]?.shape, [])
    XCTAssertEqual(state["steps"]?.ints, [12_345_678_901])
    XCTAssertEqual(state["indices"]?.ints, [1, -2, 3, 4])
    XCTAssertEqual(state["mask"]?.bools, [true, false, true])
    XCTAssertEqual(state["wide"]?.dtype, .float64)
    XCTAssertEqual(state["empty"]?.shape, [0, 4])
    XCTAssertEqual(state["name \"quoted\" \\ \n é 日本"]?.doubles, [1.5])
  }

  /// The same bytes as the Python package, in whatever order the state is.
  func testWritingAsPythonWrites() throws {
    let state = loadState(from: fixture("python"))
    save(StateDict(state.entries.reversed()), to: path("ours.safetensors"))
    XCTAssertEqual(
      try Data(contentsOf: URL(fileURLWithPath: path("ours.safetensors"))),
      try Data(contentsOf: URL(fileURLWithPath: fixture("python"))))
  }

  func testNarrowTypes() {
    let state = loadState(from: fixture("narrow"))
    XCTAssertEqual(state["half"]?.dtype, .float32)
    let half: [Float] = [
      0, -0.0, 1, -2.5, 65504, 5.960464477539063e-08, -2.9802322387695312e-06,
      6.097555160522461e-05, .infinity, -.infinity, 0.333251953125,
    ]
    XCTAssertEqual(
      state["half"]?.floats.map { $0.bitPattern }, half.map { $0.bitPattern })
    XCTAssertEqual(
      state["brain"]?.floats,
      [
        0, -0.0, 1, -2.5, 65536, 6.007030606269836e-08, -2.995133399963379e-06, 6.103515625e-05,
        .infinity, -.infinity, 0.333984375,
      ])
    let integers: [(String, [Int])] = [
      ("u8", [0, 255]), ("i8", [-128, 127]), ("i16", [-32768, 5]), ("i32", [-2_147_483_648, 7]),
      ("u16", [65535]), ("u32", [4_294_967_295]),
    ]
    for (name, values) in integers { XCTAssertEqual(state[name]?.ints, values) }
  }

  func testModelThereAndBack() throws {
    let (a, b) = (LSTM(3, 4, numLayers: 2), LSTM(3, 4, numLayers: 2))
    a.save(to: path("model.safetensors"))
    b.load(from: path("model.safetensors"))
    for (p, q) in zip(a.parameters(), b.parameters()) { XCTAssertEqual(p.doubles, q.doubles) }
    XCTAssertThrowsError(try attempt { Linear(2, 2).load(from: path("model.safetensors")) })
    // Views are written by their elements.
    save(StateDict([("t", Tensor([[1, 2], [3, 4]]).t())]), to: path("view"))
    XCTAssertEqual(loadState(from: path("view"))["t"]?.ints, [1, 3, 2, 4])
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted(),
      ["model.safetensors", "view"])
  }

  private func write(_ header: String, _ data: [UInt8] = []) throws -> String {
    let length = UInt64(header.utf8.count)
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
    let path = path("made")
    try Data(bytes + Array(header.utf8) + data).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func assertProblem(
    _ path: String, _ words: String, line: UInt = #line
  ) {
    XCTAssertThrowsError(try attempt { loadState(from: path) }, words, line: line) {
      XCTAssertEqual("\($0)", "loadState: \(path)\(words)", line: line)
    }
  }

  func testProblems() throws {
    assertProblem(path("none"), " cannot be read: No such file or directory")
    assertProblem(folder.path, " is not a file")
    let cases: [(String, Int, String)] = [
      ("", 0, "the header does not begin with {"),
      ("[]", 0, "the header does not begin with {"),
      ("{", 0, "the header lacks a quoted name (byte 1)"),
      ("{}x", 0, "the header has text after its end (byte 2)"),
      ("{}", 3, "the tensors are 0 bytes, but the file has 3"),
      ("{\"a\":1}", 0, "the header has no object for a"),
      ("{\"a\":{}}", 0, "the header has no dtype for a"),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4,
        "the header has the data_offsets [0] for a"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4,
        "the header has the data_offsets [4, 0] for a"
      ),
      (
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
        "the header has the dtype F8_E4M3 for a, which is not supported"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4,
        "the header has an item in the shape of a that is not a size"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}", 4,
        "the header has an item in the shape of a that is not a size"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}", 4,
        "the header has an item in the shape of a that is not a size"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8,
        "the header gives a 8 bytes; F32 of shape [3] needs 12"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0,
        "the header has a shape that is not possible: a: shape [4611686018427387904, 4] has too "
          + "many elements"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", 4,
        "the header has a shape that is not possible: a: expected at most 8 dimensions, got 9"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8,
        "a begins at byte 4 of the data, expected 0"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12,
        "b begins at byte 4 of the data, expected 8"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8,
        "the header has the name a twice (byte 57)"
      ),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4,
        "the tensors are 8 bytes, but the file has 4"
      ),
      ("{\"__metadata__\":3}", 0, "the header has a __metadata__ that is not an object"),
      (
        "{\"__metadata__\":{\"k\":3}}", 0,
        "the header has a __metadata__ whose k is not a text"
      ),
      ("{\"\\ud800\":{}}", 0, "the header has half a surrogate pair (byte 8)"),
      (
        "{\"a\":" + String(repeating: "[", count: 200), 0,
        "the header is nested too deeply (byte 104)"
      ),
    ]
    for (header, count, words) in cases {
      assertProblem(
        try write(header, Array(repeating: 0, count: count)), ": " + words)
    }
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path("short")))
    assertProblem(path("short"), ": too short for a safetensors file")
    try Data(Array(repeating: 255, count: 9)).write(to: URL(fileURLWithPath: path("long")))
    assertProblem(
      path("long"),
      ": the length of the header, 18446744073709551615, does not fit a file of 9 bytes")
    for name in ["save", "missing/save"] {
      let state = StateDict([(name == "save" ? "__metadata__" : "a", .ones(1))])
      XCTAssertThrowsError(try attempt { save(state, to: path(name)) }) {
        XCTAssertEqual(
          "\($0)",
          "save: \(path(name))"
            + (name == "save"
              ? ": a tensor cannot be named __metadata__"
              : " cannot be written: No such file or directory"))
      }
    }
  }

  func testEscapesAndUnknownFields() throws {
    let header =
      "{ \"__metadata__\" : {\"format\":\"pt\"}, \"\\u0061\\ud83d\\ude00\\/\" : "
      + "{\"shape\":[ ],\"dtype\":\"BOOL\",\"data_offsets\":[0,1],\"more\":[1.5e3,null,{}]} }  "
    let state = loadState(from: try write(header, [7]))
    XCTAssertEqual(state.keys, ["a😀/"])
    XCTAssertEqual(state["a😀/"]?.bools, [true])
  }

  /// Shorter files, and files with one byte changed, are read or refused, never a crash.
  func testDamagedFiles() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("python")))
    let target = URL(fileURLWithPath: path("damaged"))
    for count in stride(from: 0, to: whole.count, by: 5) {
      try whole.prefix(count).write(to: target)
      XCTAssertThrowsError(try attempt { loadState(from: target.path) }, "\(count) bytes")
    }
    var refused = 0
    for place in stride(from: 0, to: whole.count, by: 3) {
      for byte in [0x22, 0x39, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[place] = byte
        try damaged.write(to: target)
        if (try? attempt { loadState(from: target.path) }) == nil { refused += 1 }
      }
    }
    XCTAssertGreaterThan(refused, 300)
  }

  /// The Python package reads what was written here.
  func testPythonReadsOurs() throws {
    let state = StateDict([
      ("weight", Tensor([[0.5, -1.0], [2.25, 100.0]])), ("count", Tensor(7)),
      ("mask", Tensor([true, false])), ("wide", Tensor([0.1]).double()),
      ("é \"x\"", Tensor([[Int]]())),
    ])
    save(state, to: path("ours.safetensors"))
    let program = """
      import sys
      try:
        from safetensors.torch import load_file
      except ImportError:
        sys.exit(77)
      s = load_file(sys.argv[1])
      for k in sorted(s): print(k, str(s[k].dtype)[6:], list(s[k].shape), s[k].tolist())
      """
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = [
      ProcessInfo.processInfo.environment["LECTERN_PYTHON"] ?? "python3", "-c", program,
      path("ours.safetensors"),
    ]
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    try XCTSkipIf(
      python.terminationStatus == 77 || python.terminationStatus == 127,
      "python3 (or LECTERN_PYTHON) has no safetensors package")
    XCTAssertEqual(
      text,
      """
      count int64 [] 7
      mask bool [2] [True, False]
      weight float32 [2, 2] [[0.5, -1.0], [2.25, 100.0]]
      wide float64 [1] [0.10000000149011612]
      é "x" int64 [0, 0] []

      """)
  }
}

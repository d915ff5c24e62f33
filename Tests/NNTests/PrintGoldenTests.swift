import XCTest

@testable import NN
@testable import Tensors

/// The printed text of tensors, to the character, from seed 0.
final class PrintGoldenTests: XCTestCase {
  private let cases: [String: () -> [any CustomStringConvertible]] = [
    "print(torch.tensor([1.0, 2.5, -3.25]))": { [Tensor([1.0, 2.5, -3.25])] },
    "print(torch.tensor([1.0, -2.0, 30.0]))": { [Tensor([1.0, -2.0, 30.0])] },
    "print(torch.tensor([[0.5, -1.0], [2.25, 100.0]]))": {
      [Tensor([[0.5, -1.0], [2.25, 100.0]])]
    },
    "print(torch.tensor([1, -20, 300]))": { [Tensor([1, -20, 300])] },
    "print(torch.tensor([[1, 2, 3], [40, 50, 60]]))": { [Tensor([[1, 2, 3], [40, 50, 60]])] },
    "print(torch.tensor([True, False, True]))": { [Tensor([true, false, true])] },
    "print(torch.tensor([[True, False, True], [True, False, True]]))": {
      [Tensor([[true, false, true], [true, false, true]])]
    },
    "print(torch.tensor(3.14159265), torch.tensor(7), torch.tensor(True), torch.tensor(7.))": {
      [Tensor(3.14159265), Tensor(7), Tensor(true), Tensor(7.0)]
    },
    "print(torch.tensor([]), torch.tensor([[]]), torch.empty(0, 3), torch.zeros(2, 0, dtype=torch.long))":
      {
        [
          Tensor([Double]()),
          Tensor([[Double]()]),
          Tensor.zeros(0, 3),
          Tensor.zeros(2, 0, dtype: .int64),
        ]
      },
    "print(torch.tensor([3.14159265]))": { [Tensor([3.14159265])] },
    "print(torch.tensor([1e-5, 1.0, 2.0]))": { [Tensor([1e-5, 1.0, 2.0])] },
    "print(torch.tensor([1e-5]))": { [Tensor([1e-5])] },
    "print(torch.tensor([1e8, 1.5]))": { [Tensor([1e8, 1.5])] },
    "print(torch.tensor([1e8, 1.0]))": { [Tensor([1e8, 1.0])] },
    "print(torch.tensor([1e-5, 1e8]))": { [Tensor([1e-5, 1e8])] },
    "print(torch.tensor([12345.678, 1.0]))": { [Tensor([12345.678, 1.0])] },
    "print(torch.tensor([1e-3, 2.0, 999.5]))": { [Tensor([1e-3, 2.0, 999.5])] },
    "print(torch.tensor([0.0, -7.5, 1e-4]))": { [Tensor([0.0, -7.5, 1e-4])] },
    "print(torch.tensor([0.0, 0.0]), torch.tensor([-0.0, 0.0]))": {
      [Tensor([0.0, 0.0]), Tensor([-0.0, 0.0])]
    },
    "print(torch.tensor([1000.0, 0.001]))": { [Tensor([1000.0, 0.001])] },
    "print(torch.tensor([1001.0, 0.001]))": { [Tensor([1001.0, 0.001])] },
    "print(torch.tensor([99999.0, 1.0]), torch.tensor([100000.0, 0.5]))": {
      [Tensor([99999.0, 1.0]), Tensor([100000.0, 0.5])]
    },
    "print(torch.tensor([100000000.0, 1.0]), torch.tensor([99999999.0]), torch.tensor([12345678.0]))":
      {
        [Tensor([100000000.0, 1.0]), Tensor([99999999.0]), Tensor([12345678.0])]
      },
    "print(torch.tensor([float('nan'), 1.0, -7.5]))": { [Tensor([.nan, 1.0, -7.5])] },
    "print(torch.tensor([float('inf'), -float('inf'), 2.0]))": {
      [Tensor([Double.infinity, -.infinity, 2.0])]
    },
    "print(torch.tensor([float('inf'), 3.14159265, float('nan')]))": {
      [Tensor([Double.infinity, 3.14159265, .nan])]
    },
    "print(torch.tensor([float('nan')]), torch.tensor(float('inf')), torch.tensor(-float('inf')))":
      {
        [Tensor([Double.nan]), Tensor(Double.infinity), Tensor(-Double.infinity)]
      },
    "print(torch.tensor([float('inf'), 1e-8]))": { [Tensor([Double.infinity, 1e-8])] },
    "torch.set_printoptions(precision=2); print(torch.tensor([1.0, 2.5, -3.25]), torch.tensor(3.14159265)); torch.set_printoptions(profile='default')":
      {
        PrintGoldenTests.printed(
          { setPrintOptions(precision: 2) }, [Tensor([1.0, 2.5, -3.25]), Tensor(3.14159265)])
      },
    "torch.set_printoptions(sci_mode=False); print(torch.tensor([1e-5, 1e8])); torch.set_printoptions(profile='default')":
      { PrintGoldenTests.printed({ setPrintOptions(scientific: false) }, [Tensor([1e-5, 1e8])]) },
    "torch.set_printoptions(sci_mode=True); print(torch.tensor([1.0, 2.5, -3.25])); torch.set_printoptions(profile='default')":
      {
        PrintGoldenTests.printed(
          { setPrintOptions(scientific: true) }, [Tensor([1.0, 2.5, -3.25])])
      },
    "torch.set_printoptions(threshold=5, edgeitems=1, linewidth=40); print(torch.arange(20.0), torch.zeros(4, 4)); torch.set_printoptions(profile='default')":
      {
        PrintGoldenTests.printed(
          { setPrintOptions(threshold: 5, edgeItems: 1, lineWidth: 40) },
          [Tensor.arange(20.0), Tensor.zeros(4, 4)])
      },
    "print(torch.tensor([1, 10, 100]).float(), torch.tensor([0.5, 10, 100]))": {
      [Tensor([1, 10, 100]).float(), Tensor([0.5, 10, 100])]
    },
    "print(torch.tensor([1.0, 2.5, -3.25], dtype=torch.float64), torch.tensor(3.14159265, dtype=torch.float64))":
      {
        [Tensor([1.0, 2.5, -3.25]).double(), Tensor(3.14159265).double()]
      },
    "print(torch.arange(30))": { [Tensor.arange(30)] },
    "print(torch.arange(30.0))": { [Tensor.arange(30.0)] },
    "print(torch.arange(30.0) / 4)": { [Tensor.arange(30.0) / 4] },
    "print(torch.arange(30.0).view(-1, 5) - 7.5)": { [Tensor.arange(30.0).view(-1, 5) - 7.5] },
    "print(torch.arange(24).view(2, 3, 4))": { [Tensor.arange(24).view(2, 3, 4)] },
    "print(torch.arange(24.0).view(2, 3, 4) * 0.37)": {
      [Tensor.arange(24.0).view(2, 3, 4) * 0.37]
    },
    "print(torch.zeros(2, 3, 4))": { [Tensor.zeros(2, 3, 4)] },
    "print(torch.ones(1, 1, 1, 2))": { [Tensor.ones(1, 1, 1, 2)] },
    "print(torch.arange(16.0).view(2, 2, 2, 2))": { [Tensor.arange(16.0).view(2, 2, 2, 2)] },
    "print(torch.arange(1001))": { [Tensor.arange(1001)] },
    "print(torch.arange(1001.0))": { [Tensor.arange(1001.0)] },
    "print(torch.arange(1001) * -3)": { [Tensor.arange(1001) * -3] },
    "print(torch.arange(1000))": { [Tensor.arange(1000)] },
    "print((torch.arange(1001.0) - 500) / 3)": { [(Tensor.arange(1001.0) - 500) / 3] },
    "print(torch.zeros(50, 40), torch.ones(50, 40, dtype=torch.long))": {
      [Tensor.zeros(50, 40), Tensor.ones(50, 40, dtype: .int64)]
    },
    "print(torch.arange(2000).view(50, 40))": { [Tensor.arange(2000).view(50, 40)] },
    "print(torch.arange(9240.0).view(20, 21, 22) / 7)": {
      [Tensor.arange(9240.0).view(20, 21, 22) / 7]
    },
    "print(torch.arange(9240).view(20, 21, 22))": { [Tensor.arange(9240).view(20, 21, 22)] },
    "print(torch.arange(1001) > 5)": { [Tensor.arange(1001) .> 5] },
    "print(torch.zeros(2, 2000))": { [Tensor.zeros(2, 2000)] },
    "print(torch.zeros(2000, 2))": { [Tensor.zeros(2000, 2)] },
    "print(torch.ones(3, 1, 500))": { [Tensor.ones(3, 1, 500)] },
    "print(torch.rand(7), torch.rand(3, 4))": { [Tensor.rand(7), Tensor.rand(3, 4)] },
    "print(torch.randn(30))": { [Tensor.randn(30)] },
    "print(torch.randn(2, 3, 4))": { [Tensor.randn(2, 3, 4)] },
    "print(torch.randn(50, 40))": { [Tensor.randn(50, 40)] },
    "print(torch.randn(4, 30))": { [Tensor.randn(4, 30)] },
    "print(torch.randn(3, 3) * 1e-3)": { [Tensor.randn(3, 3) * 1e-3] },
    "print(torch.randn(3, 3) * 1e4)": { [Tensor.randn(3, 3) * 1e4] },
    "print(torch.randn(3, 3) * 1e6)": { [Tensor.randn(3, 3) * 1e6] },
    "print(torch.rand(5, requires_grad=True))": { [Tensor.rand(5, requiresGrad: true)] },
    "print(torch.randn(2, 3, requires_grad=True) * 2)": {
      [Tensor.randn(2, 3, requiresGrad: true) * 2]
    },
    "print(torch.randn(2, 30, requires_grad=True).sigmoid())": {
      [Tensor.randn(2, 30, requiresGrad: true).sigmoid()]
    },
    "print(torch.tensor([1.0, 2.5, -3.25], requires_grad=True))": {
      [Tensor([1.0, 2.5, -3.25], requiresGrad: true)]
    },
    "print(torch.tensor(3.14159265, requires_grad=True), torch.tensor(3.14159265, requires_grad=True) + 1)":
      {
        [Tensor(3.14159265, requiresGrad: true), Tensor(3.14159265, requiresGrad: true) + 1]
      },
    "print(nn.Parameter(torch.tensor([1.0, 2.5, -3.25])))": {
      [Parameter(Tensor([1.0, 2.5, -3.25]))]
    },
    "print(nn.Linear(3, 2).weight)": { [Linear(3, 2).weight] },
    "print(nn.Linear(3, 2).bias)": { [Linear(3, 2).bias ?? .failed] },
    "print(nn.Linear(3, 2)(torch.ones(1, 3)))": { [Linear(3, 2)(.ones(1, 3))] },
    "print(nn.Linear(3, 2)(torch.ones(1, 3)).detach(), nn.Linear(3, 2)(torch.ones(1, 3)).data)": {
      [Linear(3, 2)(.ones(1, 3)).detach(), Linear(3, 2)(.ones(1, 3)).detach()]
    },
    "print(str(torch.tensor([1, -20, 300])), repr(torch.tensor([1.0, 2.5, -3.25])))": {
      [Tensor([1, -20, 300]), Tensor([1.0, 2.5, -3.25])]
    },
    "o = torch.optim.Adam(nn.Linear(2, 1).parameters(), lr=0.01); print(o)": {
      [Adam(Linear(2, 1).parameters(), lr: 0.01)]
    },
    "o = torch.optim.SGD(nn.Linear(2, 1).parameters(), lr=0.1, momentum=0.9); print(o)": {
      [SGD(Linear(2, 1).parameters(), lr: 0.1, momentum: 0.9)]
    },
  ]

  private let notYet: [String: String] = [
    "print(torch.tensor([1, -20, 300], dtype=torch.int32), torch.tensor([1, 2], dtype=torch.uint8), torch.tensor([1, 2], dtype=torch.int16))":
      "there are no other dtypes",
    "print(torch.tensor([1.0, 2.5, -3.25], dtype=torch.float16))":
      "there are no other dtypes",
    "print([torch.tensor(1), torch.tensor([1.0, 2.5, -3.25])], (torch.tensor([1, 2]),), {'a': torch.tensor(3.14159265)})":
      "Python values; Swift prints its own",
    "print(torch.tensor([[0.5, -1.0], [2.25, 100.0]]).shape, torch.tensor([[0.5, -1.0], [2.25, 100.0]]).size(), torch.tensor(3.14159265).shape, torch.tensor([1.0, 2.5, -3.25]).size(0))":
      "Python values; Swift prints its own",
    "print(torch.tensor([1.0, 2.5, -3.25]).dtype, torch.tensor([1, -20, 300]).dtype, torch.tensor([True, False, True]).dtype, torch.device('cpu'), torch.tensor([1.0, 2.5, -3.25]).device)":
      "Python values; Swift prints its own",
    "print(torch.tensor([1.0, 2.5, -3.25]).tolist(), torch.tensor([[1, 2, 3], [40, 50, 60]]).tolist(), torch.tensor([True, False, True]).tolist())":
      "Python values; Swift prints its own",
    "print(torch.tensor(3.14159265).item(), torch.tensor(7).item(), torch.tensor(0.1).item(), torch.tensor(1e-7).item(), torch.tensor(1e20).item())":
      "Python values; Swift prints its own",
    "print(f'{torch.tensor(3.14159265)} {torch.tensor(3.14159265).item():.4f} {torch.tensor(3.14159265):.3f} {torch.tensor([1.0, 2.5, -3.25])}')":
      "Python values; Swift prints its own",
    "print('%s %.2f' % (torch.tensor([1.0, 2.5, -3.25]), torch.tensor(3.14159265)))":
      "Python values; Swift prints its own",
    "m = nn.Linear(2, 1); print(m.state_dict()); print(list(m.parameters())); print([(n, p.shape) for n, p in m.named_parameters()]); print(sum(p.numel() for p in m.parameters()))":
      "Python values; Swift prints its own",
    "print(torch.Size([1, 2]), list(torch.Size([3, 4])), torch.Size([2, 3]).numel(), torch.Size([]))":
      "Python values; Swift prints its own",
    "print(torch.manual_seed(1).initial_seed()); print(torch.tensor([1.0, 2.5, -3.25]).type(), torch.tensor([1, -20, 300]).type(), torch.tensor([True, False, True]).type())":
      "Python values; Swift prints its own",
  ]

  /// The texts under some options, which are taken back.
  private static func printed(_ options: () -> Void, _ tensors: [Tensor]) -> [String] {
    options()
    defer { setPrintOptions() }
    return tensors.map(\.description)
  }

  func testTexts() throws {
    let golden = try Golden("print")
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String },
      run: Array(cases.keys) + PrintedParts.all.map { $0.code }, notYet: notYet)
    for record in golden.cases {
      let code = try XCTUnwrap(record["code"] as? String)
      guard let run = cases[code] else { continue }
      manualSeed(0)
      let text = run().map { $0.description }.joined(separator: " ") + "\n"
      XCTAssertEqual(text, record["stdout"] as? String, code)
    }
  }

  /// Snippets that print many things: each of ours must stand in the recorded text, in order.
  func testParts() throws {
    let records = try Golden("print").cases
    for snippet in PrintedParts.all {
      let record = try XCTUnwrap(records.first { $0["code"] as? String == snippet.code })
      var rest = try XCTUnwrap(record["stdout"] as? String)[...]
      manualSeed(0)
      for part in snippet.parts() {
        guard let place = rest.range(of: part.description) else {
          XCTFail("\(snippet.code): not found:\n\(part)\nin\n\(rest)")
          break
        }
        rest = rest[place.upperBound...]
      }
    }
  }
}

import XCTest

@testable import NN
@testable import Tensors

final class ContainerTests: XCTestCase {
  func testSequentialGrows() throws {
    let net = Sequential(Linear(2, 3))
    net.append(Tanh()).append(Linear(3, 1), name: "head")
    XCTAssertEqual(net.count, 3)
    XCTAssertEqual(
      net.namedParameters().map { $0.name }, ["0.weight", "0.bias", "head.weight", "head.bias"])
    XCTAssertTrue(net[-1] === net["head"])
    XCTAssertNil(net["tail"])
    XCTAssertEqual(net(.ones(4, 2)).shape, [4, 1])
    XCTAssertThrowsError(try attempt { net[-1](.ones(2)) }) {
      XCTAssertEqual("\($0)", "Sequential.head: expected input size 3, got 2 (input shape [2])")
    }
  }

  func testLists() {
    let list = ModuleList()
    for _ in 0..<2 { list.append(Linear(1, 1)) }
    list.append(Sequential(ReLU()))
    list.append(Sequential(ReLU()))
    XCTAssertEqual(
      list.description,
      """
      ModuleList(
        (0-1): 2 x Linear(in_features=1, out_features=1, bias=True)
        (2-3): 2 x Sequential(
          (0): ReLU()
        )
      )
      """)
    XCTAssertTrue(list[-4] === list.modules[0])
    let parameters = ParameterList([Parameter(.zeros(2, 3))])
    parameters.append(Parameter(Tensor(1.0)))
    XCTAssertEqual(
      parameters.description,
      """
      ParameterList(
          (0): Parameter containing: [torch.float32 of size 2x3]
          (1): Parameter containing: [torch.float32 of size ]
      )
      """)
    XCTAssertEqual(parameters.namedParameters().map { $0.name }, ["0", "1"])
  }

  func testDictionariesKeepTheirOrder() {
    let dict = ModuleDict(["b": Linear(1, 2), "a": ReLU()])
    dict["c"] = Tanh()
    dict["b"] = Linear(2, 2, bias: false)
    dict["a"] = nil
    XCTAssertEqual(dict.keys, ["b", "c"])
    XCTAssertEqual(dict.namedParameters().map { $0.name }, ["b.weight"])
    XCTAssertEqual(dict["b"]?.forward(.ones(1, 2)).shape, [1, 2])
    XCTAssertEqual(dict.values.count, dict.count)
  }

  func testBuffers() {
    let net = Sequential(["norm": BatchNorm1d(2)])
    XCTAssertEqual(
      net.namedBuffers().map { $0.name },
      ["norm.running_mean", "norm.running_var", "norm.num_batches_tracked"])
    XCTAssertEqual(net.parameters().count, 2)
    let mean = net.namedBuffers()[0].buffer
    _ = net(Tensor([[1.0, 2.0], [3.0, 6.0]]))
    XCTAssertEqual(mean.floats, [0.2, 0.4])
    net.eval()
    _ = net(Tensor([[1.0, 2.0]]))
    XCTAssertEqual(mean.floats, [0.2, 0.4])
  }

  func testPretrainedTables() {
    let rows = Tensor([[1.0, 2.0], [3.0, 4.0]])
    let frozen = Embedding.fromPretrained(rows, paddingIndex: 0)
    XCTAssertEqual(frozen(Tensor([1, 0])).floats, [3, 4, 1, 2])
    XCTAssertFalse(frozen(Tensor([1])).requiresGrad)
    let bag = EmbeddingBag.fromPretrained(rows, freeze: false, mode: .sum)
    bag(Tensor([[0, 1]])).sum().backward()
    XCTAssertEqual(bag.weight.grad?.floats, [1, 1, 1, 1])
    XCTAssertEqual(Embedding(numEmbeddings: 3, embeddingDim: 2)(Tensor(1)).shape, [2])
  }
}

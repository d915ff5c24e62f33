import XCTest

@testable import NN
@testable import Tensors

/// Every recorded mistake, made here: it must be an error in words of our own, or be named with the
/// reason why it cannot be made.
final class ErrorGoldenTests: XCTestCase {
  private let tensorMistakes: [String: () -> Any] = [
    "torch.ones(2, 3) @ torch.ones(4, 5)": { Tensor.ones(2, 3).matmul(.ones(4, 5)) },
    "torch.mm(torch.ones(2, 3), torch.ones(4, 5))": { Tensor.ones(2, 3).mm(.ones(4, 5)) },
    "torch.matmul(torch.ones(3), torch.ones(4))": { Tensor.ones(3).matmul(.ones(4)) },
    "torch.matmul(torch.ones(2, 3), torch.ones(4))": { Tensor.ones(2, 3).matmul(.ones(4)) },
    "torch.mm(torch.ones(2, 2, 2), torch.ones(2, 2))": { Tensor.ones(2, 2, 2).mm(.ones(2, 2)) },
    "torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 3, 4))": {
      Tensor.ones(2, 3, 4).bmm(.ones(2, 3, 4))
    },
    "torch.bmm(torch.ones(2, 3), torch.ones(2, 3))": { Tensor.ones(2, 3).bmm(.ones(2, 3)) },
    "torch.dot(torch.ones(3), torch.ones(4))": { Tensor.ones(3).dot(.ones(4)) },
    "torch.ones(2, 3) + torch.ones(4, 5)": { Tensor.ones(2, 3) + Tensor.ones(4, 5) },
    "torch.ones(2, 3, 4) * torch.ones(3, 3)": { Tensor.ones(2, 3, 4) * Tensor.ones(3, 3) },
    "torch.ones(2, 3).view(5)": { Tensor.ones(2, 3).view(5) },
    "torch.ones(2, 3).view(-1, 4)": { Tensor.ones(2, 3).view(-1, 4) },
    "torch.ones(2, 3).view(-1, -1)": { Tensor.ones(2, 3).view(-1, -1) },
    "torch.ones(2, 3).reshape(4, 2)": { Tensor.ones(2, 3).reshape(4, 2) },
    "torch.ones(2, 3).t().view(6)": { Tensor.ones(2, 3).t().view(6) },
    "torch.cat((torch.ones(2, 3), torch.ones(2, 4)))": { cat([.ones(2, 3), .ones(2, 4)]) },
    "torch.cat((torch.ones(2, 3), torch.ones(2)))": { cat([.ones(2, 3), .ones(2)]) },
    "torch.cat([])": { cat([]) },
    "torch.stack((torch.ones(2), torch.ones(3)))": { stack([.ones(2), .ones(3)]) },
    "torch.stack([])": { stack([]) },
    "torch.ones(2, 3).sum(2)": { Tensor.ones(2, 3).sum(dim: 2) },
    "torch.ones(2, 3).max(dim=5)": { Tensor.ones(2, 3).max(dim: 5) },
    "torch.ones(2, 3).transpose(0, 2)": { Tensor.ones(2, 3).transpose(0, 2) },
    "torch.ones(2, 3).permute(0, 1, 2)": { Tensor.ones(2, 3).permute(0, 1, 2) },
    "torch.ones(2, 3).squeeze(4)": { Tensor.ones(2, 3).squeeze(4) },
    "torch.ones(2, 3).unsqueeze(5)": { Tensor.ones(2, 3).unsqueeze(5) },
    "torch.ones(2, 3, 4).t()": { Tensor.ones(2, 3, 4).t() },
    "torch.ones(2, 3)[2]": { Tensor.ones(2, 3)[2] },
    "torch.ones(2, 3)[0, 3]": { Tensor.ones(2, 3)[0, 3] as Tensor },
    "torch.ones(2, 3)[0, 0, 0]": { Tensor.ones(2, 3)[0, 0, 0] as Tensor },
    "torch.ones(3)[torch.tensor([0, 12])]": { Tensor.ones(3)[Tensor([0, 12])] as Tensor },
    "torch.ones(2, 3).expand(4, 3)": { Tensor.ones(2, 3).expand(4, 3) },
    "torch.ones(2, 3).item()": { Tensor.ones(2, 3).item() },
    "bool(torch.ones(2))": { Bool(Tensor.ones(2)) },
    "if torch.tensor([1, 2]) > 0: pass": { Bool(Tensor([1, 2]) .> 0) },
    "int(torch.ones(2))": { Int(Tensor.ones(2)) },
    "len(torch.tensor(1))": { Tensor(1).size(0) },
    "torch.tensor([[1, 2], [3]])": { Tensor([[1, 2], [3]]) },
    "torch.ones(2, -1)": { Tensor.ones(2, -1) },
    "torch.arange(5, 0, 1)": { Tensor.arange(5, 0, step: 1) },
    "torch.randint(5, 5, (2,))": { Tensor.randint(5, 5, [2]) },
    "torch.randperm(-1)": { Tensor.randperm(-1) },
    "torch.ones(3).gather(0, torch.tensor([12]))": { Tensor.ones(3).gather(0, Tensor([12])) },
    "torch.ones(2, 3).index_select(0, torch.tensor([12]))": {
      Tensor.ones(2, 3).indexSelect(0, Tensor([12]))
    },
    "torch.ones(3).backward()": { Tensor.ones(3).backward() },
    "torch.ones(3, requires_grad=True).backward()": {
      Tensor.ones(3, requiresGrad: true).backward()
    },
    "x = torch.ones(3, requires_grad=True); y = (x * x).sum(); y.backward(); y.backward()": {
      let x = Tensor.ones(3, requiresGrad: true)
      let y = (x * x).sum()
      y.backward()
      return y.backward()
    },
    "x = torch.ones(3, requires_grad=True); x += 1": { Tensor.ones(3, requiresGrad: true).add(1) },
    "x = torch.ones(3, requires_grad=True); x[0] = 1": {
      Tensor.ones(3, requiresGrad: true)[0].fill(1)
    },
    "x = torch.ones(3, requires_grad=True); y = x.exp(); y += 1; y.sum().backward()": {
      let y = Tensor.ones(3, requiresGrad: true).exp()
      y.add(1)
      return y.sum().backward()
    },
    "torch.ones(3, dtype=torch.long).requires_grad_()": {
      Tensor.ones(3, dtype: .int64).requiresGrad = true
    },
    "torch.tensor([1, 2], requires_grad=True)": { Tensor([1, 2], requiresGrad: true) },
    "torch.ones(2, dtype=torch.long).mean()": { Tensor.ones(2, dtype: .int64).mean() },
    "torch.ones(2, 2).long() @ torch.ones(2, 2)": { Tensor.ones(2, 2).long().matmul(.ones(2, 2)) },
    "torch.softmax(torch.ones(2, dtype=torch.long), 0)": {
      Tensor.ones(2, dtype: .int64).softmax(dim: 0)
    },
    "torch.multinomial(torch.zeros(3), 1)": { Tensor.zeros(3).multinomial(sampleCount: 1) },
    "torch.multinomial(torch.tensor([-1.0, 2.0]), 1)": {
      Tensor([-1.0, 2]).multinomial(sampleCount: 1)
    },
    "torch.multinomial(torch.ones(2), 3)": { Tensor.ones(2).multinomial(sampleCount: 3) },
    "torch.bernoulli(torch.tensor([1.5]))": { Tensor([1.5]).bernoulli() },
    "F.one_hot(torch.tensor([0, 12]), 3)": { Tensor([0, 12]).oneHot(classCount: 3) },
    "F.pad(torch.ones(2), (1, 2, 3))": { Tensor.ones(2).pad([1, 2, 3]) },
    "torch.zeros(3).scatter_(0, torch.tensor([12]), 1.0)": {
      Tensor.zeros(3).scatter(0, Tensor([12]), value: 1)
    },
    "torch.ones(2, 3).topk(12)": { Tensor.ones(2, 3).topk(12) },
    "torch.einsum('ij,jk->ik', torch.ones(2, 3), torch.ones(4, 5))": {
      einsum("ij,jk->ik", .ones(2, 3), .ones(4, 5))
    },
  ]

  private let layerMistakes: [String: () -> Any] = [
    "nn.Conv1d(3, 4, 2, groups=2)": { Conv1d(3, 4, 2, groups: 2) },
    "nn.MaxPool1d(4)(torch.ones(1, 2, 3))": { MaxPool1d(4)(.ones(1, 2, 3)) },
    "nn.MaxPool1d(2)(torch.ones(4))": { MaxPool1d(2)(.ones(4)) },
    "nn.LayerNorm(4)(torch.ones(2, 3))": { LayerNorm(4)(.ones(2, 3)) },
    "nn.BatchNorm1d(4)(torch.ones(2, 3))": { BatchNorm1d(4)(.ones(2, 3)) },
    "nn.BatchNorm1d(4)(torch.ones(1, 4))": { BatchNorm1d(4)(.ones(1, 4)) },
    "nn.NLLLoss()(torch.ones(2, 5), torch.tensor([0, 7]))": {
      NLLLoss()(.ones(2, 5), Tensor([0, 7]))
    },
    "nn.NLLLoss()(torch.ones(2, 5), torch.tensor([0.0, 1.0]))": {
      NLLLoss()(.ones(2, 5), Tensor([0.0, 1.0]))
    },
    "nn.BCELoss()(torch.tensor([1.5]), torch.tensor([1.0]))": {
      BCELoss()(Tensor([1.5]), Tensor([1.0]))
    },
    "nn.BCELoss()(torch.ones(3, 1), torch.ones(3))": { BCELoss()(.ones(3, 1), .ones(3)) },
    "nn.BCELoss()(torch.ones(2), torch.ones(2, dtype=torch.long))": {
      BCELoss()(.ones(2), .ones(2, dtype: .int64))
    },
    "nn.BCEWithLogitsLoss()(torch.ones(3, 1), torch.ones(3))": {
      BCEWithLogitsLoss()(.ones(3, 1), .ones(3))
    },
    "nn.GRU(100, 20)(torch.ones(5, 3, 90))": { GRU(100, 20)(.ones(5, 3, 90)) },
    "nn.GRUCell(100, 20)(torch.ones(3, 100), torch.zeros(3, 1))": {
      GRUCell(100, 20)(.ones(3, 100), .zeros(3, 1))
    },
    "nn.Linear(2, 1).load_state_dict(nn.Linear(3, 1).state_dict())": {
      Linear(2, 1).loadStateDict(Linear(3, 1).stateDict())
    },
    "nn.Linear(2, 1).load_state_dict({})": { Linear(2, 1).loadStateDict(StateDict()) },
    "nn.Linear(2, 1).load_state_dict({'w': torch.ones(1)})": {
      Linear(2, 1).loadStateDict(StateDict([("w", .ones(1))]))
    },
    "torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=0.1, nesterov=True)": {
      SGD(Linear(1, 1).parameters(), lr: 0.1, nesterov: true)
    },
    "nn.Linear(200, 250)(torch.ones(2, 90))": { Linear(200, 250)(.ones(2, 90)) },
    "nn.Linear(200, 250)(torch.ones(90))": { Linear(200, 250)(.ones(90)) },
    "nn.Linear(3, 2)(torch.ones(1, 3, dtype=torch.long))": {
      Linear(3, 2)(.ones(1, 3, dtype: .int64))
    },
    "nn.Linear(3, 2)(torch.ones(1, 3, dtype=torch.float64))": {
      Linear(3, 2)(.ones(1, 3, dtype: .float64))
    },
    "nn.Sequential(nn.Linear(200, 250), nn.Linear(90, 1))(torch.ones(2, 200))": {
      Sequential(Linear(200, 250), Linear(90, 1))(.ones(2, 200))
    },
    "nn.Conv1d(200, 250, 3)(torch.ones(250, 500))": { Conv1d(200, 250, 3)(.ones(250, 500)) },
    "nn.Conv1d(200, 250, 3)(torch.ones(500))": { Conv1d(200, 250, 3)(.ones(500)) },
    "nn.Conv1d(200, 250, 3)(torch.ones(1, 2, 250, 500))": {
      Conv1d(200, 250, 3)(.ones(1, 2, 250, 500))
    },
    "nn.Conv1d(200, 250, 3)(torch.ones(1, 90, 500))": { Conv1d(200, 250, 3)(.ones(1, 90, 500)) },
    "nn.Conv1d(2, 3, 5)(torch.ones(1, 2, 4))": { Conv1d(2, 3, 5)(.ones(1, 2, 4)) },
    "nn.Conv1d(2, 3, 2)(torch.ones(1, 2, 4, dtype=torch.long))": {
      Conv1d(2, 3, 2)(.ones(1, 2, 4, dtype: .int64))
    },
    "nn.Embedding(10, 3)(torch.tensor([0, 12]))": { Embedding(10, 3)(Tensor([0, 12])) },
    "nn.Embedding(10, 3)(torch.tensor([-1]))": { Embedding(10, 3)(Tensor([-1])) },
    "nn.Embedding(10, 3)(torch.tensor([1.0, 2.0]))": { Embedding(10, 3)(Tensor([1.0, 2.0])) },
    "nn.Embedding(10, 3, padding_idx=12)": { Embedding(10, 3, paddingIndex: 12) },
    "nn.Dropout(1.5)": { Dropout(1.5) },
    "nn.Dropout(-0.1)": { Dropout(-0.1) },
    "nn.CrossEntropyLoss()(torch.ones(2, 5), torch.tensor([0, 7]))": {
      CrossEntropyLoss()(.ones(2, 5), Tensor([0, 7]))
    },
    "nn.CrossEntropyLoss()(torch.ones(2, 5), torch.tensor([0, -1]))": {
      CrossEntropyLoss()(.ones(2, 5), Tensor([0, -1]))
    },
    "nn.CrossEntropyLoss()(torch.ones(2, 5), torch.tensor([0, 1, 2]))": {
      CrossEntropyLoss()(.ones(2, 5), Tensor([0, 1, 2]))
    },
    "nn.CrossEntropyLoss()(torch.ones(2, 5), torch.tensor([0.0, 1.0]))": {
      CrossEntropyLoss()(.ones(2, 5), Tensor([0.0, 1.0]))
    },
    "nn.CrossEntropyLoss()(torch.ones(2, 5), torch.zeros(2, 2, dtype=torch.long))": {
      CrossEntropyLoss()(.ones(2, 5), .zeros(2, 2, dtype: .int64))
    },
    "nn.CrossEntropyLoss(weight=torch.ones(2))(torch.ones(2, 5), torch.tensor([0, 1]))": {
      CrossEntropyLoss(weight: .ones(2))(.ones(2, 5), Tensor([0, 1]))
    },
    "nn.MSELoss()(torch.ones(3), torch.ones(4))": { MSELoss()(.ones(3), .ones(4)) },
    "nn.RNN(100, 20)(torch.ones(5, 3, 90))": { RNN(100, 20)(.ones(5, 3, 90)) },
    "nn.LSTM(100, 20)(torch.ones(5, 3, 90))": { LSTM(100, 20)(.ones(5, 3, 90)) },
    "nn.LSTM(100, 20)(torch.ones(100))": { LSTM(100, 20)(.ones(100)) },
    "nn.LSTM(100, 20)(torch.ones(2, 3, 4, 100))": { LSTM(100, 20)(.ones(2, 3, 4, 100)) },
    "nn.RNN(100, 20)(torch.ones(2, 3, 100), torch.zeros(1, 2, 20))": {
      RNN(100, 20)(.ones(2, 3, 100), .zeros(1, 2, 20))
    },
    "nn.RNN(100, 20)(torch.ones(2, 3, 100), torch.zeros(3, 20))": {
      RNN(100, 20)(.ones(2, 3, 100), .zeros(3, 20))
    },
    "nn.LSTM(100, 20)(torch.ones(2, 3, 100), (torch.zeros(1, 2, 20), torch.zeros(1, 3, 20)))": {
      LSTM(100, 20)(.ones(2, 3, 100), (.zeros(1, 2, 20), .zeros(1, 3, 20)))
    },
    "nn.LSTM(100, 20)(torch.ones(2, 3, 100), (torch.zeros(1, 3, 20), torch.zeros(1, 3, 1)))": {
      LSTM(100, 20)(.ones(2, 3, 100), (.zeros(1, 3, 20), .zeros(1, 3, 1)))
    },
    "nn.LSTM(100, 20, 2)(torch.ones(2, 3, 100), (torch.zeros(1, 3, 20), torch.zeros(1, 3, 20)))": {
      LSTM(100, 20, numLayers: 2)(.ones(2, 3, 100), (.zeros(1, 3, 20), .zeros(1, 3, 20)))
    },
    "nn.LSTM(100, 20)(torch.ones(2, 3, 100), (torch.zeros(3, 20), torch.zeros(3, 20)))": {
      LSTM(100, 20)(.ones(2, 3, 100), (.zeros(3, 20), .zeros(3, 20)))
    },
    "nn.LSTM(100, 20)(torch.ones(2, 3, 100, dtype=torch.long))": {
      LSTM(100, 20)(.ones(2, 3, 100, dtype: .int64))
    },
    "nn.RNN(100, 0)": { RNN(100, 0) },
    "nn.RNN(100, 20, num_layers=0)": { RNN(100, 20, numLayers: 0) },
    "nn.RNN(100, 20, nonlinearity='selu')": { RNN(100, 20, nonlinearity: "selu") },
    "nn.LSTM(100, 20, dropout=1.5)": { LSTM(100, 20, dropout: 1.5) },
    "nn.LSTMCell(100, 20)(torch.ones(3, 90))": { LSTMCell(100, 20)(.ones(3, 90)) },
    "nn.LSTMCell(100, 20)(torch.ones(3, 100), (torch.zeros(2, 20), torch.zeros(2, 20)))": {
      LSTMCell(100, 20)(.ones(3, 100), (.zeros(2, 20), .zeros(2, 20)))
    },
    "nn.LSTMCell(100, 20)(torch.ones(1, 2, 3, 100))": { LSTMCell(100, 20)(.ones(1, 2, 3, 100)) },
    "nn.RNNCell(100, 20)(torch.ones(3, 90))": { RNNCell(100, 20)(.ones(3, 90)) },
    "pack_padded_sequence(torch.ones(3, 5, 2), torch.tensor([2, 5, 3]), batch_first=True)": {
      packPaddedSequence(.ones(3, 5, 2), lengths: [2, 5, 3], batchFirst: true)
    },
    "pack_padded_sequence(torch.ones(3, 5, 2), torch.tensor([5, 3]), batch_first=True)": {
      packPaddedSequence(.ones(3, 5, 2), lengths: [5, 3], batchFirst: true)
    },
    "nn.LSTM(2, 3, batch_first=True)(pack_padded_sequence(torch.ones(3, 5, 2), torch.tensor([9, 3, 1]), batch_first=True))":
      {
        packPaddedSequence(.ones(3, 5, 2), lengths: [9, 3, 1], batchFirst: true)
      },
    "pack_padded_sequence(torch.ones(3, 5, 2), [3, -1, 2], batch_first=True, enforce_sorted=False)":
      {
        packPaddedSequence(
          .ones(3, 5, 2), lengths: [3, -1, 2], batchFirst: true, enforceSorted: false)
      },
    "pad_packed_sequence(pack_padded_sequence(torch.ones(1, 3, 2), [3], batch_first=True), batch_first=True, total_length=2)":
      {
        padPackedSequence(
          packPaddedSequence(.ones(1, 3, 2), lengths: [3], batchFirst: true), batchFirst: true,
          totalLength: 2)
      },
    "nn.LSTM(100, 20)(pack_padded_sequence(torch.ones(5, 2, 90), [5, 3]))": {
      LSTM(100, 20)(packPaddedSequence(.ones(5, 2, 90), lengths: [5, 3]))
    },
    "class M(nn.Module): pass\nM()(torch.ones(1))": { Module()(.ones(1)) },
    "torch.optim.Adam([])": { Adam([Parameter]()) },
    "torch.optim.Adam(nn.Linear(1, 1).parameters(), lr=-1)": {
      Adam(Linear(1, 1).parameters(), lr: -1)
    },
  ]

  /// Not a mistake that can be made here.
  private let impossible: [String: String] = [
    "torch.ones(3)[1.5]":
      "does not compile",
    "torch.tensor(['a'])":
      "does not compile",
    "torch.tensor([1, 'a'])":
      "does not compile",
    "torch.ones(3, requires_grad=True).numpy()":
      "there is no such thing here: no numpy, no other device",
    "torch.ones(2).cuda()":
      "there is no such thing here: no numpy, no other device",
    "torch.ones(2).to('cuda')":
      "there is no such thing here: no numpy, no other device",
    "torch.device('abc')":
      "does not compile",
    "nn.Linear(3, 2)([1.0, 2.0, 3.0])":
      "does not compile",
    "nn.Linear(3)":
      "does not compile",
    "nn.Embedding(10, 3)(3)":
      "does not compile",
    "nn.LSTM(100, 20, bidrectional=True)":
      "does not compile",
    "pack_padded_sequence(torch.ones(3, 5, 2), torch.tensor([5, 3, 0]), batch_first=True)":
      "allowed here: a sequence may be empty",
    "pad_packed_sequence(torch.ones(3))":
      "does not compile",
    "class M(nn.Module):\n    def __init__(self): self.fc = nn.Linear(1, 1)\nM()":
      "does not compile",
    "nn.Linear(1, 1).foo":
      "does not compile",
    "torch.ones(2).foo()":
      "does not compile",
    "torch.foo":
      "does not compile",
    "nn.Foo":
      "does not compile",
    "torch.optim.Adam([torch.ones(1) * 2 * torch.ones(1, requires_grad=True)])":
      "does not compile",
    "nn.LSTM(100, 20, dropout=0.5)":
      "a warning there; dropout has no place in one layer",
    "F.softmax(torch.ones(2, 3))":
      "does not compile: the dimension has no default",
    "nn.MSELoss()(torch.ones(3, 1), torch.ones(3))":
      "a warning there; the loss broadcasts as it says",
    "torch.tensor(torch.ones(2))":
      "does not compile: clone() copies a tensor",
  ]

  private let elsewhere: [String: String] = [
    "torch.utils.data.TensorDataset(torch.ones(2), torch.ones(3))":
      "in DatasetsTests",
    "torch.utils.data.DataLoader([1, 2], batch_size=0)":
      "in DatasetsTests",
    "torch.utils.data.default_collate([torch.ones(2), torch.ones(3)])":
      "in DatasetsTests",
  ]

  func testMistakes() throws {
    let golden = try Golden("errors")
    var cases = tensorMistakes
    cases.merge(layerMistakes) { first, _ in first }
    assertCovered(
      golden.cases.compactMap { $0["code"] as? String }, run: cases.keys,
      notYet: impossible.merging(elsewhere) { first, _ in first })
    for (code, mistake) in cases {
      XCTAssertThrowsError(try attempt(mistake), code) { error in
        guard let error = error as? TensorError else { return XCTFail("\(code): \(error)") }
        XCTAssertFalse(error.operation.isEmpty, code)
        XCTAssertGreaterThan(error.message.count, 12, "\(code): \(error)")
      }
    }
  }
}

import NN

@testable import Tensors

/// Recorded snippets with several prints, and the parts of them that exist.
struct PrintedParts {
  let code: String
  let parts: () -> [any CustomStringConvertible]

  private static var square: Tensor { Tensor([[0.5, -1.0], [2.25, 100.0]], requiresGrad: true) }

  static let all: [PrintedParts] = [
    PrintedParts(
      code: "print(torch.tensor([[0.5, -1.0], [2.25, 100.0]]).max(1)); print(torch.tensor([1.0, "
        + "2.5, -3.25]).sort()); print(torch.tensor([1.0, 2.5, -3.25]).topk(2)); "
        + "print(torch.tensor([[0.5, -1.0], [2.25, 100.0]]).min(dim=0))",
      parts: {
        let (m, v) = (square.detach(), Tensor([1.0, 2.5, -3.25]))
        let results = [m.max(dim: 1), v.sort(), v.topk(2), m.min(dim: 0)]
        return results.flatMap { [$0.values, $0.indices] }
      }),
    PrintedParts(
      code: "print(torch.tensor(3) == 3, torch.tensor([1, 2]) == torch.tensor([1, 3]), "
        + "bool(torch.tensor(1) > 0), int(torch.tensor(5.7)), float(torch.tensor(3.14159265)), "
        + "len(torch.tensor([1.0, 2.5, -3.25])))",
      parts: {
        [
          Tensor(3) .== 3, Tensor([1, 2]) .== Tensor([1, 3]), Int(Tensor(5.7)),
          Double(Tensor(3.14159265)), Tensor([1.0, 2.5, -3.25]).size(0),
        ]
      }),
    PrintedParts(
      code: "x = torch.tensor([1.0, 2.5, -3.25], requires_grad=True); print(x.grad); (x * "
        + "x).sum().backward(); print(x.grad, x.is_leaf, x.requires_grad)",
      parts: {
        let x = Tensor([1.0, 2.5, -3.25], requiresGrad: true)
        (x * x).sum().backward()
        return [x.grad ?? .failed]
      }),
    PrintedParts(
      code: "x = torch.tensor([[0.5, -1.0], [2.25, 100.0]], requires_grad=True); print(x + "
        + "1); print(x - 1); print(x * 2); print(x / 2); print(x ** 2); print(-x); print(x "
        + "@ x.t()); print(x.sum()); print(x.mean()); print(x.t()); print(x.view(-1)); "
        + "print(x.reshape(-1, 1)); print(x[0]); print(x[:, 0]); print(x[0, 0]); "
        + "print(x.max()); print(x.max(1))",
      parts: {
        let x = square
        return [
          x + 1, x - 1, x * 2, x / 2, x.pow(2), -x, x.matmul(x.t()), x.sum(), x.mean(), x.t(),
          x.view(-1), x.reshape(-1, 1), x[0], x[.all, 0], x[0, 0], x.max(), x.max(dim: 1).values,
          x.max(dim: 1).indices,
        ]
      }),
    PrintedParts(
      code: "x = torch.tensor([[0.5, -1.0], [2.25, 100.0]], requires_grad=True); "
        + "print(x.exp()); print(x.tanh()); print(torch.relu(x)); print(x.sigmoid()); "
        + "print(F.softmax(x, 1)); print(F.log_softmax(x, dim=1)); print(x.sum(1)); "
        + "print(x.mean(0)); print(x.squeeze()); print(x.unsqueeze(0)); "
        + "print(torch.cat((x, x))); print(torch.stack((x, x))); print(x.transpose(0, 1)); "
        + "print(x.permute(1, 0)); print(x.flatten()); print(x.clone()); print(x.abs()); "
        + "print(x[x > 0]); print(x.contiguous()); print(x.expand(2, *x.shape)); "
        + "print(x.clamp(0, 1)); print(x.double()); print(x.std()); print(x.norm()); "
        + "print(x.log_softmax(0).argmax(1))",
      parts: {
        // Not built yet: x[x > 0], clamp, std, norm.
        let x = square
        return [
          x.exp(), x.tanh(), x.relu(), x.sigmoid(), x.softmax(dim: 1), x.logSoftmax(dim: 1),
          x.sum(dim: 1), x.mean(dim: 0), x.squeeze(), x.unsqueeze(0), cat([x, x]), stack([x, x]),
          x.transpose(0, 1), x.permute(1, 0), x.flatten(), x.clone(), x.abs(), x.contiguous(),
          x.expand(2, 2, 2), x.double(), x.logSoftmax(dim: 0).argmax(dim: 1),
        ]
      }),
    PrintedParts(
      code: "x = torch.tensor([[0.5, -1.0], [2.25, 100.0]], requires_grad=True); y = "
        + "torch.zeros(2, dtype=torch.long); print(nn.CrossEntropyLoss()(x, y)); "
        + "print(F.nll_loss(x, y)); print(nn.MSELoss()(x, x.detach() + 1)); "
        + "print(nn.BCELoss()(x.sigmoid(), torch.ones_like(x))); "
        + "print(nn.BCEWithLogitsLoss()(x, torch.ones_like(x))); print(F.dropout(x, 0.5, "
        + "training=False)); print(nn.Embedding.from_pretrained(torch.ones(3, 2), "
        + "freeze=False)(y))",
      parts: {
        let x = square
        let table = Embedding.fromPretrained(.ones(3, 2), freeze: false)
        let y = Tensor([0, 0])
        return [
          CrossEntropyLoss()(x, y), nllLoss(x, y), MSELoss()(x, x.detach() + 1),
          BCELoss()(x.sigmoid(), .ones(2, 2)), BCEWithLogitsLoss()(x, .ones(2, 2)),
          Dropout(0.5).eval().forward(x), table(y),
        ]
      }),
    PrintedParts(
      code: "e = nn.Embedding(4, 3); print(e(torch.tensor([1, 0]))); print(e.weight[1]); "
        + "print(e.weight.grad)",
      parts: {
        let e = Embedding(4, 3)
        return [e(Tensor([1, 0])), e.weight[1]]
      }),
    PrintedParts(
      code: "r = nn.RNN(4, 3, batch_first=True); o, h = r(torch.ones(1, 2, 4)); print(o); "
        + "print(h); print(o[:, -1, :]); print(o.view(-1, 3))",
      parts: {
        let (o, h) = RNN(4, 3, batchFirst: true)(.ones(1, 2, 4))
        return [o, h, o[.all, -1, .all], o.view(-1, 3)]
      }),
    PrintedParts(
      code: "r = nn.GRU(4, 3, batch_first=True); o, h = r(torch.ones(1, 2, 4)); print(o); print(h)",
      parts: {
        let (o, h) = GRU(4, 3, batchFirst: true)(.ones(1, 2, 4))
        return [o, h]
      }),
    PrintedParts(
      code: "r = nn.LSTM(4, 3); o, (h, c) = r(torch.ones(2, 1, 4)); print(o); print(h); "
        + "print(c); print(o.shape, h.shape, c.shape)",
      parts: {
        let (o, (h, c)) = LSTM(4, 3)(.ones(2, 1, 4))
        return [o, h, c]
      }),
    PrintedParts(
      code: "c = nn.LSTMCell(4, 3); print(c(torch.ones(1, 4)))",
      parts: {
        let (h, c) = LSTMCell(4, 3)(.ones(1, 4))
        return [h, c]
      }),
    PrintedParts(
      code: "print(nn.Conv1d(2, 1, 2)(torch.ones(1, 2, 3))); "
        + "print(nn.MaxPool1d(2)(torch.ones(1, 1, 4, requires_grad=True)))",
      parts: {
        [Conv1d(2, 1, 2)(.ones(1, 2, 3)), MaxPool1d(2)(.ones(1, 1, 4, requiresGrad: true))]
      }),
    PrintedParts(
      code: "from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence; p = "
        + "pack_padded_sequence(torch.tensor([[1, 2, 3], [4, 0, 0], [5, 6, 0]]), "
        + "torch.tensor([3, 1, 2]), batch_first=True, enforce_sorted=False); print(p); "
        + "print(pad_packed_sequence(p, batch_first=True))",
      parts: {
        let p = packPaddedSequence(
          Tensor([[1, 2, 3], [4, 0, 0], [5, 6, 0]]), lengths: [3, 1, 2], batchFirst: true,
          enforceSorted: false)
        return [p, padPackedSequence(p, batchFirst: true).output]
      }),
  ]
}

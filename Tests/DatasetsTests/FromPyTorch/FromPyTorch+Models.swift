import Datasets
import Foundation
import NN
import XCTest

extension FromPyTorchTests {
  func testLayers() throws {
    try begin("Layers")
    row(#"nn.Linear(4, 2)"#) { Linear(4, 2) }
    row(#"nn.Linear(4, 2, bias=False)"#) { Linear(4, 2, bias: false) }
    row(#"nn.Embedding(10, 3, padding_idx=0)"#) { Embedding(10, 3, paddingIndex: 0) }
    row(#"nn.Embedding.from_pretrained(torch.eye(3))"#) { Embedding.fromPretrained(Tensor.eye(3)) }
    row(#"nn.EmbeddingBag(10, 3, mode="mean")"#) { EmbeddingBag(10, 3, mode: .mean) }
    row(#"nn.Conv1d(4, 8, 3, padding=1)"#) { Conv1d(4, 8, 3, padding: 1) }
    row(#"nn.Conv1d(in_channels=4, out_channels=8, kernel_size=3)"#) {
      Conv1d(inChannels: 4, outChannels: 8, kernelSize: 3)
    }
    row(#"nn.Conv1d(4, 4, 3, padding="same")"#) { Conv1d(4, 4, 3, padding: .same) }
    row(#"nn.Conv2d(1, 20, 5, stride=2)"#) { Conv2d(1, 20, 5, stride: 2) }
    row(#"nn.Conv2d(1, 20, (3, 5))"#) { Conv2d(1, 20, [3, 5]) }
    row(#"nn.MaxPool1d(2)"#) { MaxPool1d(2) }
    row(#"nn.MaxPool2d(3, stride=2)"#) { MaxPool2d(3, stride: 2) }
    row(#"nn.AvgPool1d(2)"#) { AvgPool1d(2) }
    row(#"nn.AvgPool2d(2)"#) { AvgPool2d(2) }
    row(#"nn.AdaptiveMaxPool1d(1)"#) { AdaptiveMaxPool1d(1) }
    row(#"nn.AdaptiveAvgPool1d(4)"#) { AdaptiveAvgPool1d(4) }
    row(#"nn.AdaptiveAvgPool2d(1)"#) { AdaptiveAvgPool2d(1) }
    row(#"nn.BatchNorm1d(8)"#) { BatchNorm1d(8) }
    row(#"nn.BatchNorm2d(8, momentum=0.2)"#) { BatchNorm2d(8, momentum: 0.2) }
    row(#"nn.LayerNorm(16)"#) { LayerNorm(16) }
    row(#"nn.Dropout(0.2)"#) { Dropout(0.2) }
    row(#"nn.Flatten()"#) { Flatten() }
    row(#"nn.Unflatten(1, (2, 3))"#) { Unflatten(1, [2, 3]) }
    row(#"nn.ReLU()"#) { ReLU() }
    row(#"nn.LeakyReLU(0.2)"#) { LeakyReLU(0.2) }
    row(#"nn.ELU(alpha=0.5)"#) { ELU(alpha: 0.5) }
    row(#"nn.GELU(approximate="tanh")"#) { GELU(approximate: .tanh) }
    row(#"nn.SiLU()"#) { SiLU() }
    row(#"nn.Tanh()"#) { Tanh() }
    row(#"nn.Sigmoid()"#) { Sigmoid() }
    row(#"nn.Softplus()"#) { Softplus() }
    row(#"nn.LogSigmoid()"#) { LogSigmoid() }
    row(#"nn.Hardtanh(-2., 2.)"#) { Hardtanh(minValue: -2, maxValue: 2) }
    row(#"nn.Softmax(dim=-1)"#) { Softmax(dim: -1) }
    row(#"nn.LogSoftmax(dim=-1)"#) { LogSoftmax(dim: -1) }
    row(#"nn.Identity()"#) { Identity() }
    row(#"nn.Sequential(nn.Linear(2, 7), nn.Tanh(), nn.Linear(7, 1))"#) {
      Sequential(Linear(2, 7), Tanh(), Linear(7, 1))
    }
    row(#"nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])"#) {
      ModuleList([Linear(2, 2), Linear(2, 2)])
    }
    row(#"nn.ModuleDict({"small": nn.Linear(2, 1)})"#) { ModuleDict(["small": Linear(2, 1)]) }
    end()
  }

  func testModels() throws {
    try begin("Models")

    final class Classifier: Module {
      let embedding: Embedding
      let rnn: LSTM
      let fc: Linear

      init(words: Int, classes: Int) {
        embedding = Embedding(words, 8)
        rnn = LSTM(8, 6, batchFirst: true)
        fc = Linear(6, classes)
        super.init()
      }

      override func forward(_ tokens: Tensor) -> Tensor {
        let (_, (h, _)) = rnn(embedding(tokens))
        return fc(h[-1])
      }
    }

    manualSeed(1)
    let model = Classifier(words: 20, classes: 2)
    let tokens = Tensor([[3, 1, 4], [1, 5, 9]])

    row(#"model"#) { model }
    row(#"model(tokens)"#) { model(tokens) }
    row(#"model.training"#) { model.isTraining }
    row(#"model.train()"#) { model.train() }
    row(#"model.eval()"#) { model.eval() }
    row(#"[name for name, _ in model.named_parameters()]"#) {
      model.namedParameters().map { $0.name }
    }
    row(#"len(list(model.parameters()))"#) { model.parameters().count }
    row(#"sum(p.numel() for p in model.parameters())"#) { model.parameterCount }
    row(#"[name for name, _ in model.named_modules()]"#) { model.namedModules().map { $0.name } }
    row(#"len(list(model.children()))"#) { model.children().count }
    row(#"[name for name, _ in nn.BatchNorm1d(2).named_buffers()]"#) {
      BatchNorm1d(2).namedBuffers().map { $0.name }
    }
    row(#"model.fc.weight.shape"#) { model.fc.weight.shape }
    row(#"model.rnn.weight_ih_l0.shape"#) { model.rnn.parameter("weight_ih_l0").shape }
    row(#"model.fc.requires_grad_(False)"#) { model.fc.freeze() }
    row(#"model.requires_grad_(True)"#) { model.requiresGrad(true) }
    row(#"model.zero_grad()"#) { model.zeroGrad() }
    end()
  }

  func testRecurrentLayersAndPacking() throws {
    try begin("Recurrent layers and packing")
    row(#"torch.manual_seed(2)"#) { manualSeed(2) }
    row(#"nn.RNN(5, 3, nonlinearity="relu")"#) { RNN(5, 3, nonlinearity: "relu") }
    row(#"nn.GRU(5, 3, num_layers=2, dropout=0.1)"#) { GRU(5, 3, numLayers: 2, dropout: 0.1) }
    row(#"nn.LSTM(input_size=5, hidden_size=3, bidirectional=True)"#) {
      LSTM(inputSize: 5, hiddenSize: 3, bidirectional: true)
    }
    row(#"nn.LSTMCell(5, 3)"#) { LSTMCell(5, 3) }
    let rnn = RNN(2, 3, batchFirst: true)
    row(#"rnn = nn.RNN(2, 3, batch_first=True)"#) { rnn }
    let lstm = LSTM(2, 3, batchFirst: true)
    row(#"lstm = nn.LSTM(2, 3, batch_first=True)"#) { lstm }
    let x = Tensor.rand(2, 4, 2)
    row(#"x = torch.rand(2, 4, 2)"#) { x }
    let (output, h) = rnn(x)
    row(#"output, h = rnn(x)"#) { (output, h) }
    row(#"rnn(x, torch.zeros(1, 2, 3))[0]"#) { rnn(x, Tensor.zeros(1, 2, 3)).output }
    let (out, (hn, cn)) = lstm(x)
    row(#"out, (hn, cn) = lstm(x)"#) { (out, (hn, cn)) }
    row(#"lstm(x, (torch.zeros(1, 2, 3), torch.zeros(1, 2, 3)))[1][1]"#) {
      lstm(x, (Tensor.zeros(1, 2, 3), Tensor.zeros(1, 2, 3))).state.c
    }
    let packed = packPaddedSequence(x, lengths: [2, 4], batchFirst: true, enforceSorted: false)
    row(#"packed = pack_padded_sequence(x, [2, 4], batch_first=True, enforce_sorted=False)"#) {
      packed
    }
    row(#"packed.batch_sizes.tolist()"#) { packed.batchSizes }
    row(#"pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]"#) {
      padPackedSequence(lstm(packed).output, batchFirst: true).output
    }
    row(#"pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]"#) {
      lstm(x, lengths: [2, 4]).output
    }
    row(#"lstm(packed)[1][0]"#) { lstm(x, lengths: [2, 4]).state.h }
    row(#"pad_sequence([torch.ones(2), torch.ones(3)], batch_first=True)"#) {
      padSequence([Tensor.ones(2), Tensor.ones(3)], batchFirst: true)
    }
    row(#"pad_sequence([torch.tensor([1, 2]), torch.tensor([3])])"#) {
      padSequence([[1, 2], [3]])
    }
    row(#"pack_sequence([torch.ones(3), torch.ones(2)]).batch_sizes.tolist()"#) {
      packSequence([Tensor.ones(3), Tensor.ones(2)]).batchSizes
    }
    end()
  }

  func testLosses() throws {
    try begin("Losses")
    let x = Tensor([[1.0, 2, 0.5], [0.1, 0.2, 3]])
    row(#"x = torch.tensor([[1., 2., 0.5], [0.1, 0.2, 3.]])"#) { x }
    let classes = Tensor([1, 2])
    row(#"classes = torch.tensor([1, 2])"#) { classes }
    row(#"nn.CrossEntropyLoss()(x, classes)"#) { CrossEntropyLoss()(x, classes) }
    row(#"nn.CrossEntropyLoss(ignore_index=1, label_smoothing=0.1)(x, classes)"#) {
      CrossEntropyLoss(ignoreIndex: 1, labelSmoothing: 0.1)(x, classes)
    }
    row(#"F.cross_entropy(x, classes, reduction="none")"#) {
      crossEntropy(x, classes, reduction: .none)
    }
    row(#"nn.NLLLoss()(F.log_softmax(x, dim=1), classes)"#) {
      NLLLoss()(x.logSoftmax(dim: 1), classes)
    }
    row(#"nn.MSELoss()(x[0], x[1])"#) { MSELoss()(x[0], x[1]) }
    row(#"F.mse_loss(x[0], x[1], reduction="sum")"#) { mseLoss(x[0], x[1], reduction: .sum) }
    row(#"nn.L1Loss()(x[0], x[1])"#) { L1Loss()(x[0], x[1]) }
    row(#"nn.SmoothL1Loss(beta=0.5)(x[0], x[1])"#) { SmoothL1Loss(beta: 0.5)(x[0], x[1]) }
    row(#"nn.HuberLoss()(x[0], x[1])"#) { HuberLoss()(x[0], x[1]) }
    row(#"nn.BCELoss()(x.sigmoid(), (x > 1).float())"#) { BCELoss()(x.sigmoid(), (x .> 1).float()) }
    row(#"nn.BCEWithLogitsLoss()(x, (x > 1).float())"#) { BCEWithLogitsLoss()(x, (x .> 1).float()) }
    row(#"F.binary_cross_entropy_with_logits(x, (x > 1).float())"#) {
      binaryCrossEntropyWithLogits(x, (x .> 1).float())
    }
    row(#"nn.KLDivLoss(reduction="batchmean")(F.log_softmax(x, 1), F.softmax(2 * x, 1))"#) {
      KLDivLoss(reduction: .batchMean)(x.logSoftmax(dim: 1), (2 * x).softmax(dim: 1))
    }
    end()
  }
}

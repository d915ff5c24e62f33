@testable import Tensors

extension ProgramStep {
  func reduced() -> [Tensor]? {
    switch operation {
    case "sumd": return [x.sum(dim: dims, keepDim: flag(1))]
    case "meand": return [x.mean(dim: dims, keepDim: flag(1))]
    case "maxd": return pair(x.max(dim: int(0), keepDim: flag(1)))
    case "mind": return pair(x.min(dim: int(0), keepDim: flag(1)))
    case "argmaxd": return [x.argmax(dim: int(0), keepDim: flag(1))]
    case "argmind": return [x.argmin(dim: int(0), keepDim: flag(1))]
    case "prodd": return [x.prod(dim: int(0), keepDim: flag(1))]
    case "vard": return [x.variance(dim: int(0), correction: int(2), keepDim: flag(1))]
    case "stdd": return [x.std(dim: int(0), correction: int(2), keepDim: flag(1))]
    case "normd": return [x.norm(number(2), dim: int(0), keepDim: flag(1))]
    case "norm1": return [x.norm(number(0))]
    case "logsumexp": return [x.logSumExp(dim: int(0), keepDim: flag(1))]
    // Which of equal elements is meant is not defined.
    case "mediand": return [x.median(dim: int(0), keepDim: flag(1)).values]
    case "cumsum": return [x.cumsum(dim: int(0))]
    case "cumprod": return [x.cumprod(dim: int(0))]
    case "softmax": return [x.softmax(dim: int(0))]
    case "log_softmax": return [x.logSoftmax(dim: int(0))]
    case "sort": return pair(x.sort(dim: int(0), descending: flag(1)))
    case "argsort": return [x.argsort(dim: int(0), descending: flag(1))]
    case "topk": return pair(x.topk(int(1), dim: int(0), largest: flag(2)))
    case "kth": return [x.kthValue(int(1), dim: int(0), keepDim: flag(2)).values]
    case "normalize": return [x.normalized(dim: int(0))]
    case "glu": return [x.glu(dim: int(0))]
    case "diff": return [x.diff(dim: int(0))]
    case "clamp": return [x.clamp(min: number(0), max: number(1))]
    case "one_hot": return [x.oneHot(classCount: int(0) < 0 ? nil : int(0))]
    case "masked_fill": return [x.maskedFill(y, number(0))]
    case "cross_entropy":
      let rows = x.logSoftmax(dim: 1).gather(1, Tensor(ints(0)).view(-1, 1))
      return [-rows.mean()]
    default: return nil
    }
  }

  /// Parameter 0, which is one dimension or a list.
  private var dims: [Int] { parameters[0] is Int ? [int(0)] : ints(0) }

  private func pair(_ both: (values: Tensor, indices: Tensor)) -> [Tensor] {
    [both.values, both.indices]
  }

  func reshaped() -> [Tensor]? {
    switch operation {
    case "view": return [x.view(ints(0))]
    case "reshape": return [x.reshape(ints(0))]
    case "flattend": return [x.flatten(int(0), int(1))]
    case "unflatten": return [x.unflatten(int(0), ints(1))]
    case "squeezed": return [x.squeeze(int(0))]
    case "unsqueeze": return [x.unsqueeze(int(0))]
    case "transpose": return [x.transpose(int(0), int(1))]
    case "permute": return [x.permute(ints(0))]
    case "movedim": return [x.movedim(int(0), int(1))]
    case "expand": return [x.expand(ints(0))]
    case "narrow": return [x.narrow(int(0), int(1), int(2))]
    case "select": return [x.select(int(0), int(1))]
    case "chunk": return x.chunk(int(0), dim: int(1))
    case "split": return x.split(int(0), dim: int(1))
    case "splits": return x.split(ints(0), dim: int(1))
    case "unbind": return x.unbind(dim: int(0))
    case "flip": return [x.flip(ints(0))]
    case "roll": return [x.roll(int(0), dim: int(1))]
    case "rollall": return [x.roll(int(0))]
    case "repeat": return [x.repeated(ints(0))]
    case "tile":
      let n = ints(0)
      switch n.count {
      case 1: return [x.tile(n[0])]
      case 2: return [x.tile(n[0], n[1])]
      case 3: return [x.tile(n[0], n[1], n[2])]
      case 4: return [x.tile(n[0], n[1], n[2], n[3])]
      case 5: return [x.tile(n[0], n[1], n[2], n[3], n[4])]
      default: return [x.tile(n[0], n[1], n[2], n[3], n[4], n[5])]
      }
    case "repint": return [x.repeatInterleave(int(0), dim: int(1))]
    case "repints": return [x.repeatInterleave(ints(0), dim: int(1))]
    case "pad": return [x.pad(ints(0), value: number(1))]
    case "diagonal": return [x.diagonal(int(0), dim0: int(1), dim1: int(2))]
    case "tril": return [x.tril(int(0))]
    case "triu": return [x.triu(int(0))]
    case "diag": return [x.diag(int(0))]
    case "diag_embed": return [x.diagEmbed(int(0))]
    default: return nil
    }
  }

  func picked() -> [Tensor]? {
    switch operation {
    case "get": return [x.part(indices)]
    case "getmask": return [x[y]]
    case "masked_select": return [x.maskedSelect(y)]
    case "gather": return [x.gather(int(0), places(1))]
    case "take": return [x.take(places(0))]
    case "index_select": return [x.indexSelect(int(0), Tensor(ints(1)))]
    case "scatter": return [x.scatter(int(0), places(1), y)]
    case "scatters": return [x.scatter(int(0), places(1), value: number(3))]
    case "scatter_add": return [x.scatterAdd(int(0), places(1), y)]
    case "index_add": return [x.indexAdd(int(0), Tensor(ints(1)), y)]
    case "index_copy": return [x.indexCopy(int(0), Tensor(ints(1)), y)]
    case "index_fill": return [x.indexFill(int(0), Tensor(ints(1)), number(2))]
    default: return nil
    }
  }
}

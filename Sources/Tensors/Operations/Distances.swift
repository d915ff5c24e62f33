// Directions, distances and likenesses of vectors.

extension Tensor {
  /// Vectors along `dim` divided by their p-norm, or by `eps` when that is greater
  /// (`torch.nn.functional.normalize`). Throws (see `attempt`) when there is no such dimension.
  public final func normalized(p: Double = 2, dim: Int = 1, eps: Double = 1e-12) -> Tensor {
    self / norm(p, dim: dim, keepDim: true).clamp(min: eps).expand(as: self)
  }

  /// The cosine of the angle between vectors along `dim`, broadcast; lengths below `eps` count as
  /// `eps` (`torch.nn.functional.cosine_similarity`).
  /// Throws (see `attempt`) when the shapes do not go together or there is no such dimension.
  public final func cosineSimilarity(_ other: Tensor, dim: Int = 1, eps: Double = 1e-8) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      let shape = try broadcast(layout.shape, other.layout.shape, "cosineSimilarity")
      let place = try resolve(dim, shape.count, "cosineSimilarity")
      let (a, b) = (expand(shape.array), other.expand(shape.array))
      let lengths = (
        a.norm(dim: place, keepDim: true).clamp(min: eps),
        b.norm(dim: place, keepDim: true).clamp(min: eps)
      )
      return ((a / lengths.0) * (b / lengths.1)).sum(dim: [place])
    }
  }

  /// The p-norms of the differences of vectors along the last dimension, to which `eps` is added
  /// (`torch.nn.functional.pairwise_distance`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func pairwiseDistance(
    _ other: Tensor, p: Double = 2, eps: Double = 1e-6, keepDim: Bool = false
  ) -> Tensor {
    (self - other + eps).norm(p, dim: -1, keepDim: keepDim).titled("NormBackward1")
  }

  /// The p-norms of all differences between the rows of `[..., n, width]` and those of
  /// `[..., m, width]`: `[..., n, m]` (`torch.cdist`).
  /// Throws (see `attempt`) when the shapes do not go together.
  public final func cdist(_ other: Tensor, p: Double = 2) -> Tensor {
    guarded(self, other) { () throws(TensorError) in
      guard layout.shape.count >= 2, other.layout.shape.count >= 2,
        layout.shape.last == other.layout.shape.last
      else {
        throw TensorError(
          "cdist", expected: "rows of one width",
          actual: "shapes \(layout.shape) and \(other.layout.shape)")
      }
      return (unsqueeze(-2) - other.unsqueeze(-3)).norm(p, dim: -1).titled("CdistBackward0")
    }
  }
}

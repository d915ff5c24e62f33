/// A padding that is told by its purpose. Follows the texts `padding='same'` and `'valid'` of
/// `torch.nn.Conv1d`.
public enum ConvolutionPadding {
  /// As many zeros as make the output as long as the input; the odd one stands at the end.
  case same
  /// No zeros: every output sees inputs only.
  case valid
}

/// What a loss does with the losses of the samples.
public enum LossReduction {
  /// Their mean; with class weights, the weighted mean.
  case mean
  /// Their sum.
  case sum
  /// Nothing: one loss for each sample.
  case none
}

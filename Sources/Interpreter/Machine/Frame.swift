/// What stands below register 0 of a frame.
enum Frame {
  /// Return address at -2 (0: the frame was entered from native code), caller's frame at -1.
  static let headerSlots = 2
}

// Guest deinitializers run when the last reference goes, in the middle of whatever the machine is doing.

extension Machine {
  /// Slots for the frames of one deinitializer and what it calls.
  private static let deinitializerSlots = 1 << 14

  /// Runs the deinitializers of an object whose fields are still there, the subclass's first.
  ///
  /// The code that let the object go may be using the window of its frame, so that the frames of a
  /// deinitializer stand in memory of their own.
  func deinitialize(_ object: GuestObject) {
    var functions: [Int] = []
    var type: RuntimeType? = object.type
    while let current = type {
      if let function = current.witnesses[.deinitialize], functions.last != function {
        functions.append(function)
      }
      type = current.superclass
    }
    let region = UnsafeMutablePointer<Slot>.allocate(capacity: Self.deinitializerSlots)
    let saved = (top, limit, thrown)
    top = region
    limit = region + Self.deinitializerSlots
    thrown = 0
    defer {
      (top, limit, thrown) = saved
      region.deallocate()
    }
    do {
      for function in functions {
        var nothing: Slot = 0
        try callFunction(function, [.borrowed(object)], result: &nothing)
      }
    } catch {
      pendingError = error
      stop.pointee = StopReason.failedDeinitializer.rawValue
    }
  }
}

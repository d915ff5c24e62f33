extension StandardLibrary {
  static func declarePrinting(in module: NativeModule) {
    for (name, isDebug) in [("print", false), ("debugPrint", true)] {
      module.declare(
        "func \(name)(_ items: Any..., separator: String = \" \", terminator: String = \"\\n\")"
      ) { call in
        let text = joined(call.array(0), call.string(1), call, isDebug: isDebug)
        try call.throwPendingError()
        call.machine.output(text + call.string(2))
      }
      module.declare(
        "func \(name)(_ items: Any..., separator: String = \" \", terminator: String = \"\\n\", "
          + "to output: inout String)"
      ) { call in
        let text = joined(call.array(0), call.string(1), call, isDebug: isDebug)
        try call.throwPendingError()
        let whole = call.string(3) + text + call.string(2)
        (call.slots + 3).replace(with: StringObject(whole))
      }
    }
    module.declare("func dump<T>(_ value: T)") { call in
      let text = call.machine.debugDescribe(call.types[0], call.slots)
      try call.throwPendingError()
      call.machine.output("- \(text)\n")
    }
  }

  private static func joined(
    _ items: ArrayObject, _ separator: String, _ call: NativeCall, isDebug: Bool
  ) -> String {
    var text = ""
    for i in 0..<items.count {
      if i > 0 { text += separator }
      let item = items[i][0].object(as: ExistentialObject.self)
      text +=
        isDebug
        ? call.machine.debugDescribe(item.type, item.slots)
        : call.machine.describe(item.type, item.slots)
    }
    return text
  }
}

extension NativeCall {
  /// Lets an error out that guest code left where nothing could be thrown: in a `description`, in
  /// `hash(into:)` of a key.
  func throwPendingError() throws {
    if let error = machine.pendingError {
      machine.pendingError = nil
      throw error
    }
  }
}

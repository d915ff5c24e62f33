extension StandardLibrary {
  /// `==`, `<` and what follows from them, for everything that has no instruction of its own.
  static func declareGenericOperators(in module: NativeModule) {
    module.declare("func == <T: Equatable>(a: T, b: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(
        try call.machine.equals(type, call.slots, call.slots + type.layout.count))
    }
    module.declare("func != <T: Equatable>(a: T, b: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(
        try !call.machine.equals(type, call.slots, call.slots + type.layout.count))
    }
    module.declare("func < <T: Comparable>(a: T, b: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(try call.machine.less(type, call.slots, call.slots + type.layout.count))
    }
    module.declare("func > <T: Comparable>(a: T, b: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(try call.machine.less(type, call.slots + type.layout.count, call.slots))
    }
    module.declare("func <= <T: Comparable>(a: T, b: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(try !call.machine.less(type, call.slots + type.layout.count, call.slots))
    }
    module.declare("func >= <T: Comparable>(a: T, b: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(try !call.machine.less(type, call.slots, call.slots + type.layout.count))
    }
    module.declare("func ~= <T: Equatable>(pattern: T, value: T) -> Bool") { call in
      let type = call.types[0]
      call.returnBool(
        try call.machine.equals(type, call.slots, call.slots + type.layout.count))
    }
    declareHashing(in: module)
    declareDescriptions(in: module)
    module.declare(
      "func === <A: AnyObject, B: AnyObject>(a: A, b: B) -> Bool", intrinsic: .identicalObjects)
    module.declare(
      "func !== <A: AnyObject, B: AnyObject>(a: A, b: B) -> Bool", intrinsic: .notIdenticalObjects)
  }

  private static func declareHashing(in module: NativeModule) {
    module.declare("init()", in: "Hasher") { $0.returnObject(HasherObject(Hasher())) }
    module.declare("mutating func combine<H: Hashable>(_ value: H)", in: "Hasher") { call in
      let object = call.object(0, as: HasherObject.self)
      try call.machine.hash(call.types[0], call.slots + 1, into: &object.hasher)
    }
    module.declare("mutating func finalize() -> Int", in: "Hasher") { call in
      call.result[0] = .int(call.object(0, as: HasherObject.self).hasher.finalize())
    }
    module.declare("var hashValue: Int { get }", in: "Hashable") { call in
      var hasher = Hasher()
      try call.machine.hash(call.types[0], call.slots, into: &hasher)
      call.returnInt(hasher.finalize())
    }
    module.declare("func hash(into hasher: inout Hasher)", in: "Hashable") { call in
      let object = call.object(call.types[0].layout.count, as: HasherObject.self)
      try call.machine.hash(call.types[0], call.slots, into: &object.hasher)
    }
  }

  /// What types with a description of their own do not declare themselves.
  private static func declareDescriptions(in module: NativeModule) {
    for (name, owner) in [
      ("description", "CustomStringConvertible"),
      ("debugDescription", "CustomDebugStringConvertible"),
    ] {
      module.declare("var \(name): String { get }", in: owner) { call in
        let text =
          name == "description"
          ? call.machine.describe(call.types[0], call.slots)
          : call.machine.debugDescribe(call.types[0], call.slots)
        try call.throwPendingError()
        call.returnString(text)
      }
    }
  }
}

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
    module.declare(
      "func === <A: AnyObject, B: AnyObject>(a: A, b: B) -> Bool", intrinsic: .identicalObjects)
    module.declare(
      "func !== <A: AnyObject, B: AnyObject>(a: A, b: B) -> Bool", intrinsic: .notIdenticalObjects)
  }
}

extension StandardLibrary {
  static func declareSet(in module: NativeModule) {
    declareSetBasics(in: module)
    declareSetMutation(in: module)
    declareSetAlgebra(in: module)
  }

  private static func declareSetBasics(in module: NativeModule) {
    let owner = "Set"
    module.declare("init()", in: owner) { $0.returnSet([]) }
    module.declare("init(minimumCapacity: Int)", in: owner) { call in
      call.returnSet(Set(minimumCapacity: max(call.int(0), 0)))
    }
    module.declare("init<S: Sequence<Element>>(_ sequence: S)", in: owner) { call in
      call.returnSet(try call.keySet(at: 0, call.types[1]))
    }
    module.declare("var count: Int { get }", in: owner) { $0.returnInt($0.set.count) }
    module.declare("var isEmpty: Bool { get }", in: owner) { $0.returnBool($0.set.isEmpty) }
    module.declare("func contains(_ member: Element) -> Bool", in: owner) { call in
      let isMember = call.set.contains(call.key(at: 1))
      try call.throwPendingError()
      call.returnBool(isMember)
    }
    for (name, signature) in [
      ("first", "var first: Element? { get }"),
      ("randomElement", "func randomElement() -> Element?"),
    ] {
      module.declare(signature, in: owner) { call in
        let set = call.set
        try call.returnOptional(name == "first" ? set.first : set.randomElement())
      }
    }
    module.declare(
      "func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> Set<Element>", in: owner
    ) { call in
      let isIncluded = Callback(
        call, 1, arguments: call.types[0].layout.count,
        result: call.machine.runtimeType(named: "Bool"))
      let element = ValueBuffer(call.types[0])
      call.returnSet(
        try call.set.filter { key in
          key.copy(to: element.slots)
          defer { element.clear() }
          return try isIncluded.isTrue(element.slots)
        })
    }
  }

  private static func declareSetMutation(in module: NativeModule) {
    let owner = "Set"
    module.declare(
      "@discardableResult mutating func insert(_ newMember: Element) "
        + "-> (inserted: Bool, memberAfterInsert: Element)",
      in: owner
    ) { call in
      let key = call.key(at: 1)
      let (inserted, member) = call.slots.unique(SetObject.self).storage.insert(key)
      try call.throwPendingError()
      call.result[0] = .bool(inserted)
      member.copy(to: call.result + 1)
    }
    module.declare(
      "@discardableResult mutating func update(with newMember: Element) -> Element?", in: owner
    ) { call in
      let key = call.key(at: 1)
      try call.returnOptional(call.slots.unique(SetObject.self).storage.update(with: key))
    }
    module.declare(
      "@discardableResult mutating func remove(_ member: Element) -> Element?", in: owner
    ) { call in
      let key = call.key(at: 1)
      try call.returnOptional(call.slots.unique(SetObject.self).storage.remove(key))
    }
    module.declare("mutating func popFirst() -> Element?", in: owner) { call in
      try call.returnOptional(call.slots.unique(SetObject.self).storage.popFirst())
    }
    module.declare("@discardableResult mutating func removeFirst() -> Element", in: owner) { call in
      guard let first = call.slots.unique(SetObject.self).storage.popFirst() else {
        throw Trap("Can't removeFirst from an empty Set")
      }
      first.copy(to: call.result)
    }
    module.declare(
      "mutating func removeAll(keepingCapacity keepCapacity: Bool = false)", in: owner
    ) { call in
      call.slots.unique(SetObject.self).storage.removeAll(keepingCapacity: call.bool(1))
    }
    module.declare("mutating func reserveCapacity(_ minimumCapacity: Int)", in: owner) { call in
      call.slots.unique(SetObject.self).storage.reserveCapacity(call.int(1))
    }
  }

  /// Each operation has a way of its own for two sets, as in Swift: it decides about the order.
  private static func declareSetAlgebra(in module: NativeModule) {
    let operations:
      [(
        name: String, mutating: String, sets: (Set<HashKey>, Set<HashKey>) -> Set<HashKey>,
        sequence: (Set<HashKey>, [HashKey]) -> Set<HashKey>
      )] = [
        ("union", "formUnion", { $0.union($1) }, { $0.union($1) }),
        ("intersection", "formIntersection", { $0.intersection($1) }, { $0.intersection($1) }),
        ("subtracting", "subtract", { $0.subtracting($1) }, { $0.subtracting($1) }),
        (
          "symmetricDifference", "formSymmetricDifference", { $0.symmetricDifference($1) },
          { $0.symmetricDifference($1) }
        ),
      ]
    for operation in operations {
      func compute(_ call: NativeCall) throws -> Set<HashKey> {
        if case .set = call.types[1].kind {
          return operation.sets(call.set, call.object(1, as: SetObject.self).storage)
        }
        return operation.sequence(call.set, try call.keys(at: 1, call.types[1]))
      }
      module.declare(
        "func \(operation.name)<S: Sequence<Element>>(_ other: S) -> Set<Element>", in: "Set"
      ) { call in
        let result = try compute(call)
        try call.throwPendingError()
        call.returnSet(result)
      }
      module.declare(
        "mutating func \(operation.mutating)<S: Sequence<Element>>(_ other: S)", in: "Set"
      ) { call in
        let result = try compute(call)
        try call.throwPendingError()
        call.slots.replace(with: SetObject(call.types[0], result))
      }
    }
    for (name, operation) in [
      ("isSubset(of", { $0.isSubset(of: $1) }), ("isSuperset(of", { $0.isSuperset(of: $1) }),
      ("isStrictSubset(of", { $0.isStrictSubset(of: $1) }),
      ("isStrictSuperset(of", { $0.isStrictSuperset(of: $1) }),
      ("isDisjoint(with", { $0.isDisjoint(with: $1) }),
    ] as [(String, (Set<HashKey>, Set<HashKey>) -> Bool)] {
      let (method, label) = (name.prefix { $0 != "(" }, name.drop { $0 != "(" }.dropFirst())
      module.declare(
        "func \(method)<S: Sequence<Element>>(\(label) other: S) -> Bool", in: "Set"
      ) { call in
        let result = operation(call.set, try call.keySet(at: 1, call.types[1]))
        try call.throwPendingError()
        call.returnBool(result)
      }
    }
  }
}

extension NativeCall {
  /// The receiver's storage.
  var set: Set<HashKey> { object(0, as: SetObject.self).storage }

  func returnSet(_ storage: Set<HashKey>) { returnObject(SetObject(types[0], storage)) }

  /// An element of the set, or nil.
  func returnOptional(_ key: HashKey?) throws {
    try throwPendingError()
    guard let key else { return returnNone(types[0]) }
    key.copy(to: result + types[0].payloadOffset)
    if types[0].payloadOffset == 1 { result[0] = 1 }
  }

  /// The elements of a sequence as keys.
  func keys(at index: Int, _ type: RuntimeType) throws -> [HashKey] {
    var keys: [HashKey] = []
    try machine.forEach(type, slots + index) {
      keys.append(HashKey(types[0], $0, machine))
      return true
    }
    return keys
  }

  /// The same as a set, made as Swift makes one of such a sequence.
  func keySet(at index: Int, _ type: RuntimeType) throws -> Set<HashKey> {
    if case .set = type.kind { return object(index, as: SetObject.self).storage }
    let set = Set(try keys(at: index, type))
    try throwPendingError()
    return set
  }
}

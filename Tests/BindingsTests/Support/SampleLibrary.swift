import Interpreter

@testable import Bindings

/// The sample declarations, bound, and a machine to run them.
///
/// Thunks are called as the machine calls them: arguments in slots, result in slots.
struct SampleLibrary {
  let modules: [NativeModule]
  let library: Library
  let machine: Machine

  /// The samples, or other modules.
  init(modules: [NativeModule] = [makeSampleModule()]) {
    self.modules = modules
    library = Library(modules: [Self.numbers()] + modules)
    machine = Machine(program: Program(types: TypeTable(library: library)), library: library)
  }

  /// As much of the standard library as the samples need.
  private static func numbers() -> NativeModule {
    let module = NativeModule("Swift")
    for name in ["Int", "Double", "Float", "Bool", "String"] { module.type(name, .struct) }
    for name in ["Optional", "Array", "Range", "ClosedRange"] {
      module.type(name, .struct, generics: ["T"])
    }
    for name in Self.protocols { module.protocol(name) }
    return module
  }

  private static let protocols = [
    "Error", "Equatable", "Hashable", "Comparable", "CustomStringConvertible", "Sequence",
    "CaseIterable", "RawRepresentable",
  ]

  func type(_ name: String) -> RuntimeType { machine.runtimeType(named: name) }

  func native(_ name: String) throws -> NativeType {
    for case let type in modules.flatMap(\.types) where type.name == name { return type }
    throw Missing(name)
  }

  struct Missing: Error {
    var name: String
    init(_ name: String) { self.name = name }
  }

  func declaration(_ signature: String, in owner: String? = nil) throws -> NativeDeclaration {
    for declaration in modules.flatMap(\.declarations)
    where declaration.owner == owner && declaration.signature.hasPrefix(signature) {
      return declaration
    }
    throw Missing(signature)
  }

  /// Calls the first declaration whose signature begins like this.
  func call<R>(
    _ signature: String, in owner: String? = nil, types: [RuntimeType] = [],
    set: Bool = false, isSuper: Bool = false, _ write: (inout SlotWriter) -> Void = { _ in },
    _ read: (inout SlotReader) throws -> R
  ) throws -> R {
    let declaration = try declaration(signature, in: owner)
    guard let function = set ? declaration.setter : declaration.call else {
      throw Missing(signature)
    }
    return try call(function, types: types, isSuper: isSuper, write, read)
  }

  /// Calls a native function. Arguments and result are released here or by nobody: tests are short.
  func call<R>(
    _ function: NativeFunction, types: [RuntimeType] = [], resultBase: Int = 0,
    isSuper: Bool = false, _ write: (inout SlotWriter) -> Void,
    _ read: (inout SlotReader) throws -> R
  ) throws -> R {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 32)
    defer { slots.deallocate() }
    slots.initialize(repeating: 0, count: 32)
    var output = SlotWriter(slots, types: types, machine: machine)
    write(&output)
    var call = NativeCall(
      slots: slots, resultBase: resultBase, types: types, machine: machine, isSuper: isSuper)
    try function(&call)
    var input = SlotReader(slots, types: types, machine: machine)
    return try read(&input)
  }

  /// A function of the guest, played by a native one.
  func function(resultSlots: Int = 1, _ body: @escaping NativeFunction) -> ClosureObject {
    ClosureObject(native: body, resultSlots: resultSlots)
  }
}

extension SlotWriter {
  mutating func write(_ function: ClosureObject) { put(.owned(function)) }

  /// A value as an existential of the given type.
  mutating func write<T: SlotConvertible>(_ value: T, as type: RuntimeType) {
    withUnsafeTemporaryAllocation(of: Slot.self, capacity: T.slotCount) { slots in
      if let start = slots.baseAddress {
        var inner = SlotWriter(start, types: [], machine: machine)
        inner.write(value)
        put(.owned(ExistentialObject(type, owned: start)))
      }
    }
  }
}

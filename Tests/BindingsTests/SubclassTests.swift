import Interpreter
import NN
import Tensors
import Testing

@testable import Bindings

/// Guest classes that inherit from classes of the library.
@Suite(.serialized) struct SubclassTests {
  let sample = SampleLibrary()

  /// `class Shifted: Stage { var offset; override func forward { super.forward(input) + offset } }`
  private func shifted(_ sample: SampleLibrary, _ change: (GuestClass) throws -> Void = { _ in })
    throws -> GuestClass
  {
    let shifted = try GuestClass("Shifted", inheriting: "Stage", in: sample)
    let offset = shifted.property("offset", sample.type("Int").type)
    try shifted.override("forward") { $0.sum($0.superCall, $0.field(offset)) }
    try change(shifted)
    return shifted
  }

  /// What `super.init(factor:)` does at the end of the guest's initializer.
  private func make(_ guest: GuestClass, offset: Int, factor: Int) throws -> Stage {
    let peer = GuestObject(try guest.compiled(), machine: sample.machine)
    peer.fields[0] = .int(offset)
    var slot = Slot.int(factor)
    var call = NativeCall(slots: &slot, machine: sample.machine)
    let stage = try #require(
      try sample.native("Stage").makeSubclassInstance?(peer, &call) as? Stage)
    peer.native = stage
    return stage
  }

  @Test func nativeCodeCallsGuestOverrides() throws {
    let stage = try make(try shifted(sample), offset: 100, factor: 7)
    #expect(stage.forward(2) == 114)
    #expect(Pipeline([Stage(factor: 2), stage, Stage(factor: 10)]).forward(1) == 1140)
  }

  @Test func membersWithoutOverrideStayNative() throws {
    let stage = try make(try shifted(sample), offset: 1, factor: 2)
    #expect(stage.title == "stage")
    #expect(try stage.run(4) == "stage: 9")
    #expect(throws: SampleError.self) { try stage.run(-1) }
  }

  @Test func propertiesAreOverriddenToo() throws {
    let guest = try shifted(sample) { guest in
      try guest.override("title") { _ in .string("shifted") }
    }
    #expect(try make(guest, offset: 1, factor: 2).run(4) == "shifted: 9")
  }

  @Test func superCallsReachTheLibrary() throws {
    let stage = try make(try shifted(sample), offset: 5, factor: 3)
    func forward(isSuper: Bool) throws -> Int {
      try sample.call("open func forward", in: "Stage", isSuper: isSuper) {
        $0.write(stage)
        $0.write(10)
      } _: {
        $0.read(Int.self)
      }
    }
    #expect(try forward(isSuper: true) == 30)
    #expect(try forward(isSuper: false) == 35)
    #expect(try forward(isSuper: true) == 30)
  }

  @Test func failuresOfOverridesGoOnBehindTheLibrary() throws {
    let guest = try shifted(sample) { guest in
      try guest.override("title") { scope in
        // `"" + …` would do as well: any instruction that traps.
        let nothing = scope.expression(
          .none,
          .nominal(
            sample.library.nominal("Optional")!,
            [
              sample.type("String").type
            ]))
        return .forceUnwrap(nothing)
      }
    }
    let stage = try make(guest, offset: 1, factor: 2)
    #expect(throws: (any Error).self) {
      try sample.call("func run", in: "Stage") {
        $0.write(stage)
        $0.write(1)
      } _: { _ in
      }
    }
    #expect(sample.machine.pendingError == nil)
    #expect(stage.forward(1) == 3)
  }

  @Test func peersAreFoundAndOwned() throws {
    let peer = try #require(try sample.native("Stage").peer)
    weak var guestPart: GuestObject?
    do {
      let stage = try make(try shifted(sample), offset: 1, factor: 2)
      guestPart = peer(stage)
      #expect(guestPart != nil && guestPart?.native === stage)
    }
    #expect(guestPart == nil)
    #expect(peer(Stage(factor: 1)) == nil)
    #expect(peer(Counter(1)) == nil)
  }

  // MARK: Modules of the library

  /// Children are the guest's stored properties, in order of declaration.
  @Test func modulesFindTheirChildrenInThePeer() throws {
    let library = SampleLibrary(modules: LecternModules.all)
    func type(_ name: String) -> Type { library.type(name).type }
    func array(_ element: Type) -> Type { .nominal(library.library.nominal("Array")!, [element]) }
    func optional(_ wrapped: Type) -> Type {
      .nominal(library.library.nominal("Optional")!, [wrapped])
    }
    let guest = try GuestClass("Model", inheriting: "Module", in: library)
    _ = guest.property("size", type("Int"))
    _ = guest.property("fc", type("Linear"))
    _ = guest.property("note", optional(type("String")))
    _ = guest.property("scale", type("Parameter"))
    _ = guest.property("layers", array(type("Module")))
    _ = guest.property("absent", optional(type("Dropout")))
    _ = guest.property("last", optional(type("Tanh")))
    _ = guest.property("hidden", type("Tensor"))
    let peer = GuestObject(try guest.compiled(), machine: library.machine)
    var output = SlotWriter(peer.fields, types: [], machine: library.machine)
    output.write(3)
    output.write(Linear(4, 2))
    output.write(Optional("a text"))
    output.write(Parameter(Tensor.ones(2)))
    output.write([Linear(2, 2, bias: false), Tanh()] as [Module])
    output.write(Dropout?.none)
    output.write(Optional(Tanh()))
    output.write(Tensor.zeros(1))
    var slot: Slot = 0
    var call = NativeCall(slots: &slot, machine: library.machine)
    let made = try library.native("Module").makeSubclassInstance?(peer, &call)
    let model = try #require(made as? Module)
    #expect(
      model.namedParameters().map(\.name) == ["scale", "fc.weight", "fc.bias", "layers.0.weight"])
    #expect(
      model.description == """
        Model(
          (fc): Linear(in_features=4, out_features=2, bias=True)
          (layers.0): Linear(in_features=2, out_features=2, bias=False)
          (layers.1): Tanh()
          (last): Tanh()
        )
        """)
  }
}

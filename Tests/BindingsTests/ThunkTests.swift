import Interpreter
import Testing

@testable import Bindings

/// Generated thunks, called as the machine calls them.
@Suite struct ThunkTests {
  let sample = SampleLibrary()

  @Test func classMembers() throws {
    let counter = try sample.call("init(_ start: Int)", in: "Counter") {
      $0.write(5)
    } _: {
      $0.read(Counter.self)
    }
    let same = try sample.call("@discardableResult func increment", in: "Counter") {
      $0.write(counter)
      $0.write(3)
    } _: {
      $0.read(Counter.self)
    }
    #expect(same === counter && counter.value == 8)
    try sample.call("var value", in: "Counter", set: true) {
      $0.write(counter)
      $0.write(40)
    } _: { _ in
    }
    #expect(counter.value == 40)
    try sample.call("subscript", in: "Counter", set: true) {
      $0.write(counter)
      $0.write(0)
      $0.write(-1)
    } _: { _ in
    }
    #expect(counter.history == [-1])
    #expect(throws: SampleLibrary.Missing.self) {
      try sample.call("var history", in: "Counter", set: true) {
        $0.write(counter)
      } _: { _ in
      }
    }
    for hidden in ["func invisible", "func alsoInvisible"] {
      #expect(throws: SampleLibrary.Missing.self) {
        try sample.call(hidden, in: "Counter") { _ in }
      }
    }
  }

  @Test func failableInitializers() throws {
    for (text, value) in [("12", 12), ("twelve", nil)] as [(String, Int?)] {
      let made = try sample.call("init?(text: String)", in: "Counter") {
        $0.write(text)
      } _: {
        $0.read(Counter?.self)
      }
      #expect(made?.value == value)
    }
  }

  @Test func operators() throws {
    let sum = try sample.call("static func + ", in: "Counter") {
      $0.write(Counter(1))
      $0.write(Counter(2))
    } _: {
      $0.read(Counter.self).value
    }
    #expect(sum == 3)
    let negative = try sample.call("static prefix func - ", in: "Counter") {
      $0.write(Counter(4))
    } _: {
      $0.read(Counter.self).value
    }
    #expect(negative == -4)
    let changed = try sample.call("static func += ", in: "Counter") {
      $0.write(Counter(1))
      $0.write(9)
    } _: {
      $0.read(Counter.self).value
    }
    #expect(changed == 10)
  }

  @Test func structMembers() throws {
    let place = try sample.call("init(x: Int, y: Int)", in: "Point") {
      $0.write(3)
      $0.write(-4)
    } _: {
      $0.read(Point.self)
    }
    #expect(place == Point(x: 3, y: -4))
    // The changed receiver replaces the old one, the setter's too.
    let moved = try sample.call("var x", in: "Point", set: true) {
      $0.write(place)
      $0.write(10)
    } _: {
      $0.read(Point.self)
    }
    #expect(moved == Point(x: 10, y: -4))
    let length = try sample.call("init(_ point: Point)", in: "Int") {
      $0.write(place)
    } _: {
      $0.read(Int.self)
    }
    #expect(length == 7)
  }

  @Test func mutatingMethodsLeaveTheirResultAfterTheArguments() throws {
    let move = try sample.declaration("@discardableResult mutating func move", in: "Point")
    let (point, result) = try sample.call(try #require(move.call), resultBase: 2) {
      $0.write(Point(x: 1, y: 1))
      $0.write(5)
    } _: { input in
      let point = input.read(Point.self)
      input.skip(1)
      return (point, input.read(Int.self))
    }
    #expect(point == Point(x: 6, y: 1) && result == 6)
  }

  @Test func enums() throws {
    let size = try sample.call("case relative(Double, label: String)", in: "Size") {
      $0.write(0.5)
      $0.write("width")
    } _: {
      $0.read(Size.self)
    }
    #expect(size == .relative(0.5, label: "width"))
    let all = try sample.call("static var allCases", in: "Mode") { $0.read([Mode].self) }
    #expect(all == [.slow, .fast])
    let quick = try sample.call("init?(rawValue: String)", in: "Mode") {
      $0.write("quick")
    } _: {
      $0.read(Mode?.self)
    }
    #expect(quick == .fast)
  }

  @Test func tuples() throws {
    let (quotient, remainder) = try sample.call("func divide") {
      $0.write(17)
      $0.write(5)
    } _: {
      ($0.read(Int.self), $0.read(Int.self))
    }
    #expect(quotient == 3 && remainder == 2)
    let pairs = try sample.call("func rearranged") {
      $0.write(1)
      $0.write(7)
      $0.write("seven")
      $0.write(0.25)
    } _: { input in
      input.readArray { ($0.read(String.self), $0.read(Int.self)) }
    }
    #expect(pairs.map(\.0) == ["seven", "share"] && pairs.map(\.1) == [7, 25])
    let none = try sample.call("func rearranged") {
      $0.write(0)
    } _: { input in
      input.readArray { ($0.read(String.self), $0.read(Int.self)) }
    }
    #expect(none.isEmpty)
  }

  @Test func variadics() throws {
    for values in [[], [4], [1, 2, 3]] {
      let total = try sample.call("func total") {
        $0.write(values)
        $0.write(10)
      } _: {
        $0.read(Int.self)
      }
      #expect(total == values.reduce(0, +) * 10)
    }
  }

  @Test func functionsAsResults() throws {
    let closure = try sample.call("func makeAdder") {
      $0.write(3)
    } _: {
      $0.next().object(as: ClosureObject.self)
    }
    let text = try sample.call(try #require(closure.native)) {
      $0.write(4)
      $0.write("km")
    } _: {
      $0.read(String.self)
    }
    #expect(text == "7 km")
  }

  @Test func existentials() throws {
    let lengths = try sample.call("func measure(_ things") { output in
      output.writeArray([0, 1, 2], Slots.reference) { output, i in
        switch i {
        case 0: output.write(12, as: sample.type("Int"))
        case 1: output.write(Point(x: 3, y: 4), as: sample.type("Point"))
        default:
          let range = Type.nominal(
            sample.library.nominal("Range")!, [sample.type("Int").type])
          output.write(5..<8, as: sample.machine.runtimeType(range))
        }
      }
    } _: {
      $0.read([Int].self)
    }
    #expect(lengths == [12, 7, 3])
    // A type that does not conform after all is a trap, not the end of the process.
    #expect(throws: Trap.self) {
      try sample.call("func measure(_ things") { output in
        output.writeArray([0], Slots.reference) { output, _ in
          output.write("text", as: sample.type("String"))
        }
      } _: {
        $0.read([Int].self)
      }
    }
    let one = try sample.call("func measure<M: Measurable>", types: [sample.type("Point")]) {
      $0.write(Point(x: 1, y: 1))
    } _: {
      $0.read(Int.self)
    }
    #expect(one == 2)
  }

  /// Members of a protocol are called on existentials, or on values of the type `types[0]`.
  @Test func protocolMembers() throws {
    let concrete = try sample.call("func doubled", in: "Measurable", types: [sample.type("Int")]) {
      $0.write(21)
    } _: {
      $0.read(Int.self)
    }
    #expect(concrete == 42)
    let existential = try sample.call("func doubled", in: "Measurable") {
      $0.write(Point(x: 5, y: 5), as: sample.type("Point"))
    } _: {
      $0.read(Int.self)
    }
    #expect(existential == 20)
  }

  @Test func whatTheRuntimeAsks() throws {
    let type = try sample.native("Point")
    var a = Slot.owned(NativeBox(Point(x: 1, y: 2)))
    var b = Slot.owned(NativeBox(Point(x: 1, y: 2)))
    #expect(type.equals?(&a, &b) == true)
    var (first, second) = (Hasher(), Hasher())
    type.hash?(&a, &first)
    type.hash?(&b, &second)
    #expect(first.finalize() == second.finalize())
    var counter = Slot.owned(Counter(3))
    #expect(try sample.native("Counter").describe?(&counter) == "Counter(3)")
    #expect(try sample.native("Counter").equals == nil)
    #expect(try sample.native("Stage").isOpen && !sample.native("Pipeline").isOpen)
    #expect(try sample.native("Pipeline").superclass == "Stage")
    #expect(try sample.native("Mode").protocols.contains("CaseIterable"))
  }
}

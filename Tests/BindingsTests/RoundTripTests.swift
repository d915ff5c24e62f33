import Interpreter
import Tensors
import Testing

@testable import Bindings

/// What is written to slots is read back, and takes the slots that its layout says.
@Suite struct RoundTripTests {
  let sample = SampleLibrary()

  private func roundTrip<T: SlotConvertible & Equatable>(_ value: T) {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 8)
    defer { slots.deallocate() }
    slots.initialize(repeating: 0xDEAD, count: 8)
    var output = SlotWriter(slots, types: [], machine: sample.machine)
    output.write(value)
    #expect(slots[T.slotCount] == 0xDEAD, "\(T.self) wrote too much")
    #expect(T.layout.count == T.slotCount)
    var input = SlotReader(slots)
    #expect(input.read(T.self) == value)
    #expect(input.next() == 0xDEAD, "\(T.self) read another number of slots")
    T.layout.release(slots)
  }

  @Test func numbers() {
    for value in [0, 1, -1, .max, .min] { roundTrip(value) }
    for value in [0.0, -1.5, .infinity, .leastNonzeroMagnitude] { roundTrip(value) }
    for value in [Float(0), -1.5, .greatestFiniteMagnitude] { roundTrip(value) }
    roundTrip(true)
    roundTrip(false)
  }

  @Test func strings() {
    for value in ["", "a", "Grüße 👩‍👩‍👧‍👧", String(repeating: "x", count: 100)] { roundTrip(value) }
  }

  @Test func ranges() {
    roundTrip(-3..<4)
    roundTrip(0..<0)
    roundTrip(2...2)
    roundTrip(Optional(1..<5))
    roundTrip(Range<Int>?.none)
  }

  @Test func optionals() {
    roundTrip(Optional(7))
    roundTrip(Int?.none)
    roundTrip(Optional("text"))
    roundTrip(String?.none)
    roundTrip(Int??.none)
    roundTrip(Int??.some(nil))
    roundTrip(Int??.some(3))
    roundTrip(String??.some(nil))
    roundTrip(String??.some("x"))
    roundTrip([Int?]?.some([1, nil]))
    #expect(Optional<String>.layout == .reference)
    #expect(Optional<Int>.layout == Interpreter.Layout([false, false]))
    #expect(Optional<String?>.layout == Interpreter.Layout([false, true]))
  }

  @Test func arrays() {
    roundTrip([Int]())
    roundTrip([1, 2, 3])
    roundTrip([[1.5, 2], [], [3]])
    roundTrip([["a"], ["b", "c"]])
    roundTrip([Optional("a"), nil])
    roundTrip([Optional(1), nil, 3])
    roundTrip([0..<1, 3..<9])
  }

  @Test func values() {
    roundTrip(Point(x: 1, y: -2))
    roundTrip(Size.relative(0.5, label: "width"))
    roundTrip([Mode.fast, .slow])
    roundTrip(Optional(DType.int64))
  }

  /// Every reference that a conversion takes is given back.
  @Test func objects() {
    weak var seen: Counter?
    do {
      let counter = Counter(3)
      seen = counter
      let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 4)
      defer { slots.deallocate() }
      var output = SlotWriter(slots, types: [], machine: sample.machine)
      output.write([counter, counter])
      output.write(Optional(counter))
      output.write(Counter?.none)
      var input = SlotReader(slots)
      let list = input.read([Counter].self)
      #expect(list.count == 2 && list[0] === counter && list[1] === counter)
      #expect(input.read(Counter?.self) === counter)
      #expect(input.read(Counter?.self) == nil)
      Slots.reference.release(slots)
      Slots.reference.release(slots + 1)
    }
    #expect(seen == nil)
  }
}

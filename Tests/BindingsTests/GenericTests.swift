import Interpreter
import Testing

@testable import Bindings

/// Generic functions and classes of the library, used with guest values and guest functions.
@Suite struct GenericTests {
  let sample = SampleLibrary()

  @Test func functionOverGuestValues() throws {
    let double = sample.function { $0.returnInt($0.int(0) * 2) }
    let result = try sample.call("func twice<T>", types: [sample.type("Int")]) {
      $0.write(5)
      $0.write(double)
    } _: {
      $0.read(Int.self)
    }
    #expect(result == 20)
    let shout = sample.function { $0.returnString($0.string(0) + "!") }
    let text = try sample.call("func twice<T>", types: [sample.type("String")]) {
      $0.write("hey")
      $0.write(shout)
    } _: {
      $0.read(String.self)
    }
    #expect(text == "hey!!")
  }

  /// A value of several slots: a tuple.
  @Test func functionOverTuples() throws {
    let pair = sample.machine.runtimeType(
      .tuple([.init(nil, sample.type("Int").type), .init(nil, sample.type("String").type)]))
    let next = sample.function(resultSlots: 2) { call in
      let (number, text) = (call.int(0), call.string(1))
      call.slots[0] = .int(number + 1)
      call.slots[1] = .owned(StringObject("\(text)\(number)"))
    }
    let (number, text) = try sample.call("func twice<T>", types: [pair]) {
      $0.write(1)
      $0.write("n")
      $0.write(next)
    } _: {
      ($0.read(Int.self), $0.read(String.self))
    }
    #expect(number == 3 && text == "n12")
  }

  @Test func constraints() throws {
    let largest = try sample.call("func largest", types: [sample.type("Int")]) {
      $0.write([3, 9, 4])
    } _: {
      $0.read(Int?.self)
    }
    #expect(largest == 9)
    let none = try sample.call("func largest", types: [sample.type("Int")]) {
      $0.write([Int]())
    } _: {
      $0.read(Int?.self)
    }
    #expect(none == nil)
  }

  @Test func genericClass() throws {
    let types = [sample.type("Int"), sample.type("String")]
    let join = sample.function { call in
      let list = call.array(0)
      call.returnString((0..<list.count).map { "\(list[$0][0].int)" }.joined(separator: "+"))
    }
    let batches = try sample.call("init(_ elements", in: "Batches", types: types) {
      $0.write([1, 2, 3, 4, 5])
      $0.write(2)
      $0.write(join)
    } _: {
      $0.next()
    }
    let count = try sample.call("var count", in: "Batches", types: types) {
      $0.put(batches)
    } _: {
      $0.read(Int.self)
    }
    #expect(count == 3)
    var slot = batches
    var call = NativeCall(slots: &slot, types: types, machine: sample.machine)
    let iterator = try #require(try sample.native("Batches").makeIterator?(&call))
    var texts: [String] = []
    var element: Slot = 0
    while try iterator.next(&element) {
      texts.append(element.object(as: StringObject.self).value)
      element.release()
    }
    #expect(texts == ["1+2", "3+4", "5"])
  }

  @Test func valuesAreGivenBack() throws {
    weak var seen: Counter?
    do {
      let counter = Counter(1)
      seen = counter
      let same = sample.function { call in call.returnObject(call.object(0, as: Counter.self)) }
      let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 4)
      defer { slots.deallocate() }
      var output = SlotWriter(
        slots, types: [sample.type("Counter")], machine: sample.machine)
      output.write(counter)
      output.write(same)
      let arguments = [slots[0], slots[1]]
      var call = NativeCall(
        slots: slots, types: [sample.type("Counter")], machine: sample.machine)
      try sample.declaration("func twice").call?(&call)
      slots[0].release()  // the result
      for argument in arguments { argument.release() }
    }
    #expect(seen == nil)
  }
}

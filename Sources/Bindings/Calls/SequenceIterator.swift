import Interpreter

/// Yields the elements of a sequence of the library to a `for` loop of the guest.
final class SequenceIterator<S: Sequence>: GuestIterator {
  private var elements: S.Iterator
  private let call: NativeCall
  private let write: (inout SlotWriter, S.Element) -> Void

  init(
    _ sequence: S, _ call: NativeCall, _ write: @escaping (inout SlotWriter, S.Element) -> Void
  ) {
    elements = sequence.makeIterator()
    self.call = call
    self.write = write
  }

  override func next(_ slots: UnsafeMutablePointer<Slot>) throws -> Bool {
    // The loader makes a batch here: guest functions run, tensor operations may fail.
    guard let element = try call.guarded({ elements.next() }) else { return false }
    var output = SlotWriter(slots, types: call.types, machine: call.machine)
    write(&output, element)
    return true
  }
}

extension NativeCall {
  /// An iterator over the sequence in the slots.
  mutating func iterate<S: Sequence & SlotConvertible>(
    _ type: S.Type, _ write: @escaping (inout SlotWriter, S.Element) -> Void
  ) throws -> GuestIterator {
    var input = SlotReader(self)
    let sequence = input.read(type)
    // The iterator outlives the call, but not its types and machine.
    let lasting = NativeCall(slots: slots, types: types, machine: machine)
    return try guarded { SequenceIterator(sequence, lasting, write) }
  }
}

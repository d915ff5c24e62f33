import Interpreter
import NN
import Tensors
import Testing

@testable import Bindings

/// How failures cross the border between guest code and the library, in both directions.
@Suite(.serialized) struct FailureTests {
  let sample = SampleLibrary()

  private var guestError: GuestError {
    var slot = Slot.int(404)
    return GuestError(ExistentialObject(sample.type("Int"), owned: &slot))
  }

  @Test func guestErrorsPassThroughThrowingFunctions() throws {
    let error = guestError
    let fails = sample.function { _ in throw error }
    let thrown = #expect(throws: GuestError.self) {
      try sample.call("func twice<T>", types: [sample.type("Int")]) {
        $0.write(5)
        $0.write(fails)
      } _: {
        $0.read(Int.self)
      }
    }
    #expect(thrown?.value === error.value)
  }

  /// The function goes on with a placeholder and is not called back again.
  @Test func errorsWaitInFunctionsThatCannotThrow() throws {
    var calls = 0
    let fails = sample.function { _ in
      calls += 1
      throw Trap("Index out of range")
    }
    let thrown = #expect(throws: Trap.self) {
      try sample.call("func countCalls<T>", types: [sample.type("Int")]) {
        $0.write(5)
        $0.write(fails)
      } _: {
        $0.read(Int.self)
      }
    }
    #expect(thrown?.message == "Index out of range")
    #expect(calls == 1)
    #expect(sample.machine.pendingError == nil)
  }

  @Test func errorsOfUnknownTypesAreTraps() throws {
    let thrown = #expect(throws: Trap.self) {
      try sample.call("func fail") {
        $0.write("no such file")
      } _: { _ in
      }
    }
    #expect(thrown?.message == "no such file" && thrown?.typeName == "SampleError")
  }

  @Test func faultsOfTensorsAreTraps() throws {
    let library = SampleLibrary(modules: LecternModules.all)
    let thrown = #expect(throws: Trap.self) {
      try library.call("func matmul(_ other: Tensor)", in: "Tensor") {
        $0.write(Tensor.zeros(2, 3))
        $0.write(Tensor.zeros(4, 5))
      } _: { _ in
      }
    }
    #expect(thrown?.typeName == "TensorError")
    #expect(thrown?.message.hasPrefix("matmul: ") == true)
    // The scope is closed: the next call is none the worse for it.
    let shape = try library.call("func matmul(_ other: Tensor)", in: "Tensor") {
      $0.write(Tensor.zeros(2, 3))
      $0.write(Tensor.zeros(3, 5))
    } _: {
      $0.read(Tensor.self).shape
    }
    #expect(shape == [2, 5])
  }

  /// Inside `attempt` a failed call gives a failed tensor, and the error is thrown at the end.
  @Test func attemptThrowsWhatGuestCodeCanCatch() throws {
    let library = SampleLibrary(modules: LecternModules.all)
    var reached = false
    let body = library.function { call in
      let failed = try library.call("func matmul(_ other: Tensor)", in: "Tensor") {
        $0.write(Tensor.zeros(2, 3))
        $0.write(Tensor.zeros(4, 5))
      } _: {
        $0.read(Tensor.self)
      }
      reached = true
      call.returnObject(failed)
    }
    let thrown = #expect(throws: GuestError.self) {
      try library.call("func attempt<R>", types: [library.type("Tensor")]) {
        $0.write(body)
      } _: { _ in
      }
    }
    #expect(reached)
    #expect(thrown?.value.type === library.type("TensorError"))
    let error = thrown?.value.slots[0].object(as: NativeBox<TensorError>.self).value
    #expect(error?.operation == "matmul")
  }

  @Test func attemptReturnsResults() throws {
    let library = SampleLibrary(modules: LecternModules.all)
    let body = library.function { $0.returnInt(3) }
    let result = try library.call("func attempt<R>", types: [library.type("Int")]) {
      $0.write(body)
    } _: {
      $0.read(Int.self)
    }
    #expect(result == 3)
  }
}

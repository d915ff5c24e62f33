// The loop. Everything hot is a local variable: the program counter, the frame, the tables. What is
// rare or long is a method that is never inlined, so that the loop's own code stays small.

extension Machine {
  typealias Registers = UnsafeMutablePointer<Slot>
  typealias Code = UnsafePointer<Instruction>

  /// Runs a function whose frame starts at `base`, until it returns.
  func run(_ function: Int, at base: Registers) throws {
    let records = program.records
    let constants = program.constants
    let globals = slots
    let limit = self.limit
    let stop = UnsafePointer(self.stop)
    guard base + records[function].extent < limit else { throw stackOverflow() }

    var fp = base
    fp[-2] = 0
    var pc: Code = records[function].code

    do {
      while true {
        let i = pc.pointee
        pc += 1
        let a = Int(i.a)
        switch i.opcode {
        // Moves
        case .move: fp[a] = fp[Int(i.b)]
        case .copy:
          let value = fp[Int(i.b)]
          value.retain()
          fp[a] = value
        case .take:
          fp[a] = fp[Int(i.b)]
          fp[Int(i.b)] = 0
        case .loadSmall: fp[a] = .int(i.signedWide)
        case .loadConstant: fp[a] = constants[i.wide]
        case .loadConstantOwned:
          let value = constants[i.wide]
          value.retain()
          fp[a] = value
        case .clear: for j in a..<(a + Int(i.b)) { fp[j] = 0 }
        case .retain: fp[a].retain()
        case .release:
          let value = fp[a]
          if value != 0 {
            fp[a] = 0
            value.release()
          }
        case .releaseAll: releaseOwned(pc, fp)

        // Variables outside the frame
        case .loadGlobal: fp[a] = globals[i.wide]
        case .loadGlobalOwned:
          let value = globals[i.wide]
          if value == 0 { throw noValue(global: i.wide) }
          value.retain()
          fp[a] = value
        case .storeGlobal: globals[i.wide] = fp[a]
        case .globalAddress: fp[a] = address(globals + i.wide)
        case .boxMake: fp[a] = .owned(BoxObject(program.layouts[Int(i.b)]))
        case .boxAddress: fp[a] = address(fp[Int(i.b)].object(as: BoxObject.self).slots)
        case .registerAddress: fp[a] = address(fp + Int(i.b))

        // Memory
        case .fieldAddress:
          fp[a] = address(fp[Int(i.b)].object(as: GuestObject.self).fields + Int(i.c))
        case .loadField:
          fp[a] = fp[Int(i.b)].unmanaged(as: GuestObject.self)._withUnsafeGuaranteedRef {
            $0.fields[Int(i.c)]
          }
        case .loadFieldOwned:
          let value = fp[Int(i.b)].unmanaged(as: GuestObject.self)._withUnsafeGuaranteedRef {
            $0.fields[Int(i.c)]
          }
          if value == 0 { throw noValue() }
          value.retain()
          fp[a] = value
        case .elementAddress: fp[a] = try elementAddress(fp[Int(i.b)], fp[Int(i.c)].int)
        case .loadAt: fp[a] = memory(fp[Int(i.b)])[Int(i.c)]
        case .storeAt: memory(fp[Int(i.b)])[Int(i.c)] = fp[a]
        case .releaseAt: memory(fp[Int(i.b)])[Int(i.c)].release()
        case .addressOffset: fp[a] = address(memory(fp[Int(i.b)]) + Int(i.c))
        case .peer: fp[a] = try peer(of: fp[Int(i.b)], Int(i.c))

        // Arrays
        case .arrayCount:
          fp[a] = fp[Int(i.b)].unmanaged(as: ArrayObject.self)._withUnsafeGuaranteedRef {
            .int($0.count)
          }
        case .arrayGet:
          let index = fp[Int(i.c)].int
          let element: Slot? = fp[Int(i.b)].unmanaged(as: ArrayObject.self)
            ._withUnsafeGuaranteedRef {
              UInt(bitPattern: index) < UInt(bitPattern: $0.count) ? $0.slots[index] : nil
            }
          guard let element else { throw outOfRange() }
          fp[a] = element
        case .arrayGetOwned:
          let index = fp[Int(i.c)].int
          let element: Slot = fp[Int(i.b)].unmanaged(as: ArrayObject.self)
            ._withUnsafeGuaranteedRef {
              UInt(bitPattern: index) < UInt(bitPattern: $0.count) ? $0.slots[index] : 1
            }
          if element == 1 { throw outOfRange() }
          element.retain()
          fp[a] = element
        case .arrayGetWide: try getWide(fp + a, fp[Int(i.b)], fp[Int(i.c)].int)
        case .arraySet: try setElement(fp + a, fp[Int(i.b)].int, fp[Int(i.c)])
        case .arrayMake:
          fp[a] = .owned(
            ArrayObject(element: program.layouts[Int(i.b)], capacity: Int(i.c)))
        case .arrayAppend: fp[a].object(as: ArrayObject.self).appendOwned(fp + Int(i.b))

        // Int
        case .addInt:
          let (value, overflow) = fp[Int(i.b)].int.addingReportingOverflow(fp[Int(i.c)].int)
          if _slowPath(overflow) { throw overflowTrap("addition") }
          fp[a] = .int(value)
        case .subtractInt:
          let (value, overflow) = fp[Int(i.b)].int.subtractingReportingOverflow(fp[Int(i.c)].int)
          if _slowPath(overflow) { throw overflowTrap("subtraction") }
          fp[a] = .int(value)
        case .multiplyInt:
          let (value, overflow) = fp[Int(i.b)].int.multipliedReportingOverflow(by: fp[Int(i.c)].int)
          if _slowPath(overflow) { throw overflowTrap("multiplication") }
          fp[a] = .int(value)
        case .addIntSmall:
          let (value, overflow) = fp[Int(i.b)].int.addingReportingOverflow(i.signedC)
          if _slowPath(overflow) {
            throw overflowTrap(i.signedC < 0 ? "subtraction" : "addition")
          }
          fp[a] = .int(value)
        case .divideInt: fp[a] = try divide(fp[Int(i.b)].int, fp[Int(i.c)].int)
        case .remainderInt:
          let divisor = fp[Int(i.c)].int
          if divisor > 0 {
            fp[a] = .int(fp[Int(i.b)].int % divisor)
          } else {
            fp[a] = try remainder(fp[Int(i.b)].int, divisor)
          }
        case .negateInt:
          let (value, overflow) = 0.subtractingReportingOverflow(fp[Int(i.b)].int)
          if overflow { throw overflowTrap("negation") }
          fp[a] = .int(value)
        case .addWrapping: fp[a] = fp[Int(i.b)] &+ fp[Int(i.c)]
        case .subtractWrapping: fp[a] = fp[Int(i.b)] &- fp[Int(i.c)]
        case .multiplyWrapping: fp[a] = fp[Int(i.b)] &* fp[Int(i.c)]
        case .andInt: fp[a] = fp[Int(i.b)] & fp[Int(i.c)]
        case .orInt: fp[a] = fp[Int(i.b)] | fp[Int(i.c)]
        case .xorInt: fp[a] = fp[Int(i.b)] ^ fp[Int(i.c)]
        case .shiftLeftInt: fp[a] = .int(fp[Int(i.b)].int << fp[Int(i.c)].int)
        case .shiftRightInt: fp[a] = .int(fp[Int(i.b)].int >> fp[Int(i.c)].int)
        case .complementInt: fp[a] = ~fp[Int(i.b)]
        case .equalInt: fp[a] = .bool(fp[Int(i.b)] == fp[Int(i.c)])
        case .notEqualInt: fp[a] = .bool(fp[Int(i.b)] != fp[Int(i.c)])
        case .lessInt: fp[a] = .bool(fp[Int(i.b)].int < fp[Int(i.c)].int)
        case .lessEqualInt: fp[a] = .bool(fp[Int(i.b)].int <= fp[Int(i.c)].int)

        // Floating point
        case .addDouble: fp[a] = .double(fp[Int(i.b)].double + fp[Int(i.c)].double)
        case .subtractDouble: fp[a] = .double(fp[Int(i.b)].double - fp[Int(i.c)].double)
        case .multiplyDouble: fp[a] = .double(fp[Int(i.b)].double * fp[Int(i.c)].double)
        case .divideDouble: fp[a] = .double(fp[Int(i.b)].double / fp[Int(i.c)].double)
        case .negateDouble: fp[a] = .double(-fp[Int(i.b)].double)
        case .squareRootDouble: fp[a] = .double(fp[Int(i.b)].double.squareRoot())
        case .equalDouble: fp[a] = .bool(fp[Int(i.b)].double == fp[Int(i.c)].double)
        case .notEqualDouble: fp[a] = .bool(fp[Int(i.b)].double != fp[Int(i.c)].double)
        case .lessDouble: fp[a] = .bool(fp[Int(i.b)].double < fp[Int(i.c)].double)
        case .lessEqualDouble: fp[a] = .bool(fp[Int(i.b)].double <= fp[Int(i.c)].double)
        case .addFloat: fp[a] = .float(fp[Int(i.b)].float + fp[Int(i.c)].float)
        case .subtractFloat: fp[a] = .float(fp[Int(i.b)].float - fp[Int(i.c)].float)
        case .multiplyFloat: fp[a] = .float(fp[Int(i.b)].float * fp[Int(i.c)].float)
        case .divideFloat: fp[a] = .float(fp[Int(i.b)].float / fp[Int(i.c)].float)
        case .negateFloat: fp[a] = .float(-fp[Int(i.b)].float)
        case .equalFloat: fp[a] = .bool(fp[Int(i.b)].float == fp[Int(i.c)].float)
        case .notEqualFloat: fp[a] = .bool(fp[Int(i.b)].float != fp[Int(i.c)].float)
        case .lessFloat: fp[a] = .bool(fp[Int(i.b)].float < fp[Int(i.c)].float)
        case .lessEqualFloat: fp[a] = .bool(fp[Int(i.b)].float <= fp[Int(i.c)].float)
        case .intToDouble: fp[a] = .double(Double(fp[Int(i.b)].int))
        case .doubleToInt: fp[a] = try toInt(fp[Int(i.b)].double, "Double")
        case .intToFloat: fp[a] = .float(Float(fp[Int(i.b)].int))
        case .floatToInt: fp[a] = try toInt(Double(fp[Int(i.b)].float), "Float")
        case .floatToDouble: fp[a] = .double(Double(fp[Int(i.b)].float))
        case .doubleToFloat: fp[a] = .float(Float(fp[Int(i.b)].double))
        case .notBool: fp[a] = .bool(fp[Int(i.b)] == 0)

        // Jumps
        case .jump: pc += i.signedWide
        case .loop:
          pc += i.signedWide
          if _slowPath(stop.pointee != 0) { throw stopped() }
        case .jumpIfTrue:
          if fp[a] != 0 {
            pc += i.signedWide
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpIfFalse: if fp[a] == 0 { pc += i.signedWide }
        case .jumpEqual:
          if fp[a] == fp[Int(i.b)] {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpNotEqual:
          if fp[a] != fp[Int(i.b)] {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpLess:
          if fp[a].int < fp[Int(i.b)].int {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpLessEqual:
          if fp[a].int <= fp[Int(i.b)].int {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpEqualSmall:
          if fp[a].int == i.signedB {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpNotEqualSmall:
          if fp[a].int != i.signedB {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpLessSmall:
          if fp[a].int < i.signedB {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpLessEqualSmall:
          if fp[a].int <= i.signedB {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpGreaterSmall:
          if fp[a].int > i.signedB {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpGreaterEqualSmall:
          if fp[a].int >= i.signedB {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .countUp:
          let next = fp[a].int &+ 1
          fp[a] = .int(next)
          if next < fp[Int(i.b)].int {
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .countThrough:
          if fp[a].int < fp[Int(i.b)].int {
            fp[a] = .int(fp[a].int &+ 1)
            pc += i.signedC
            if _slowPath(stop.pointee != 0) { throw stopped() }
          }
        case .jumpIfThrown:
          if _slowPath(thrown != 0) {
            noteThrow(pc, fp)
            pc += i.signedWide
          }

        // Calls
        case .call:
          let record = records + i.wide
          let next = fp + a
          if _slowPath(next + record.pointee.extent >= limit) { throw stackOverflow() }
          next[-2] = address(pc)
          next[-1] = address(fp)
          fp = next
          pc = record.pointee.code
        case .callVirtual:
          let record = records + (try method(Int(i.b), of: fp[Int(i.c)]))
          let next = fp + a
          if _slowPath(next + record.pointee.extent >= limit) { throw stackOverflow() }
          next[-2] = address(pc)
          next[-1] = address(fp)
          fp = next
          pc = record.pointee.code
        case .callClosure:
          let next = fp + a
          let extra = pc.pointee
          pc += 1
          let function = try enterClosure(
            fp[Int(i.b)].object(as: ClosureObject.self), next, Int(i.c), extra)
          if function >= 0 {
            let record = records + function
            if _slowPath(next + record.pointee.extent >= limit) { throw stackOverflow() }
            next[-2] = address(pc)
            next[-1] = address(fp)
            fp = next
            pc = record.pointee.code
          }
        case .callNative: try callNative(i.wide, fp + a)
        case .callNativeInPlace: try callNativeInPlace(Int(i.b), fp + a, memory(fp[Int(i.c)]))
        case .returnResult, .returnThrown:
          let back = fp[-2]
          if back == 0 { return }
          fp = memory(fp[-1])
          pc = code(back)
          if _slowPath(stop.pointee != 0) { throw stopped() }
        case .throwError:
          thrown = fp[a]
          fp[a] = 0
          noteThrow(pc, fp)
        case .takeThrown:
          fp[a] = thrown
          thrown = 0

        // Objects
        case .objectMake:
          fp[a] = .owned(GuestObject(types.all[i.wide], machine: self))
        case .abandonObject: fp[a].object(as: GuestObject.self).isAbandoned = true
        case .closureMake:
          fp[a] = .owned(
            ClosureObject(function: i.wide, captures: program.functions[i.wide].captureLayout))
        case .capture: capture(fp[a], Int(i.b), fp[Int(i.c)])
        case .payloadMake: fp[a] = makePayload(program.layouts[Int(i.b)], fp + Int(i.c))
        case .payloadGet:
          fp[a] = fp[Int(i.b)].object(as: PayloadObject.self).slots[Int(i.c)]
        case .existentialMakeCopy:
          fp[a] = .owned(ExistentialObject(types.all[Int(i.c)], copying: fp + Int(i.b)))
        case .nativeSubclassMake:
          fp[a] = try makeSubclassInstance(fp[Int(i.b)], Int(i.c), windowOf(pc, fp))

        // Values of any type
        case .describe:
          fp[a] = .owned(StringObject(try text(types.all[Int(i.c)], fp + Int(i.b), pc, fp)))
        case .concatenate: fp[a] = concatenate(fp + Int(i.b), Int(i.c))
        case .cast:
          let from = types.all[Int(pc.pointee.a)]
          let to = types.all[Int(pc.pointee.b)]
          pc += 1
          cast(fp + Int(i.b), from, to, into: fp + a)
        case .isType:
          let from = types.all[Int(pc.pointee.a)]
          let to = types.all[Int(pc.pointee.b)]
          pc += 1
          fp[a] = .bool(isValue(fp + Int(i.b), from, of: to))
        case .iteratorMake:
          fp[a] = .owned(try makeIterator(fp + Int(i.b), types.all[Int(i.c)], pc, fp))
        case .iteratorNext:
          top = windowOf(pc, fp)
          fp[a] = .bool(try fp[Int(i.b)].object(as: GuestIterator.self).next(fp + Int(i.c)))
          if pendingError != nil { throw takePendingError() }
        case .extra: break
        case .trap: throw guestTrap(i.wide, a == 0 ? nil : fp[a - 1])
        }
      }
    } catch {
      throw unwind(error, pc, fp)
    }
  }

  @inline(__always) func address(_ pointer: UnsafeMutablePointer<Slot>) -> Slot {
    UInt64(UInt(bitPattern: pointer))
  }

  @inline(__always) func address(_ pointer: Code) -> Slot { UInt64(UInt(bitPattern: pointer)) }

  @inline(__always) func memory(_ slot: Slot) -> UnsafeMutablePointer<Slot> {
    UnsafeMutablePointer(bitPattern: UInt(slot)).unsafelyUnwrapped
  }

  @inline(__always) func code(_ slot: Slot) -> Code {
    Code(bitPattern: UInt(slot)).unsafelyUnwrapped
  }
}

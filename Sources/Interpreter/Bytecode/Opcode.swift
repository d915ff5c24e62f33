/// The instructions of the machine. This list is encoding, disassembly and documentation at once.
///
/// An instruction is eight bytes: the opcode and three 16-bit operands `a`, `b`, `c`. `R[x]` is the
/// frame's register `x`; `W` is a 32-bit number made of `b` (low) and `c` (high), signed for jumps.
/// "owned" means that the register holds one reference of its own afterwards.
public enum Opcode: UInt8, CaseIterable {
  // MARK: Moves and constants
  case move  // R[a] = R[b]
  case copy  // R[a] = R[b], owned
  case take  // R[a] = R[b]; R[b] = 0
  case loadSmall  // R[a] = W, sign-extended
  case loadConstant  // R[a] = constants[W]
  case loadConstantOwned  // R[a] = constants[W], owned
  case clear  // R[a ..< a+b] = 0
  case retain  // retain R[a]
  case release  // release R[a]; R[a] = 0
  case releaseAll  // release the registers the function owns

  // MARK: Variables outside the frame
  case loadGlobal  // R[a] = globals[W]
  case loadGlobalOwned  // R[a] = globals[W], owned; traps when it has no value yet
  case storeGlobal  // globals[W] = R[a]
  case globalAddress  // R[a] = address of globals[W]
  case boxMake  // R[a] = new box of layout b, owned
  case boxAddress  // R[a] = address of the contents of box R[b]
  case registerAddress  // R[a] = address of R[b]

  // MARK: Memory behind an address (fields, elements, boxes)
  case fieldAddress  // R[a] = address of field slot c of object R[b]
  case loadField  // R[a] = field slot c of object R[b]
  case loadFieldOwned  // the same, owned; traps when it has no value
  case elementAddress  // R[a] = address of element R[c] of the array at address R[b], made unique
  case loadAt  // R[a] = memory[R[b] + c]
  case storeAt  // memory[R[b] + c] = R[a]
  case releaseAt  // release memory[R[b] + c]
  case addressOffset  // R[a] = R[b] + c slots
  case peer  // R[a] = the guest part of native object R[b], borrowed

  // MARK: Arrays
  case arrayCount  // R[a] = count of array R[b]
  case arrayGet  // R[a] = element R[c] of array R[b] (one slot)
  case arrayGetOwned  // the same, owned
  case arrayGetWide  // R[a...] = element R[c] of array R[b] (any number of slots), owned
  case arraySet  // element R[b] of the array in R[a] = R[c] (one plain slot), made unique
  case arrayMake  // R[a] = new array, element layout b, capacity c, owned
  case arrayAppend  // append R[b...] to the array R[a], which nobody shares yet; takes ownership

  // MARK: Int
  case addInt, subtractInt, multiplyInt, divideInt, remainderInt  // R[a] = R[b] op R[c], checked
  case addIntSmall  // R[a] = R[b] + c (signed), checked
  case negateInt  // R[a] = -R[b], checked
  case addWrapping, subtractWrapping, multiplyWrapping
  case andInt, orInt, xorInt, shiftLeftInt, shiftRightInt
  case complementInt
  case equalInt, notEqualInt, lessInt, lessEqualInt  // R[a] = R[b] op R[c]

  // MARK: Floating point
  case addDouble, subtractDouble, multiplyDouble, divideDouble
  case negateDouble, squareRootDouble
  case equalDouble, notEqualDouble, lessDouble, lessEqualDouble
  case addFloat, subtractFloat, multiplyFloat, divideFloat
  case negateFloat
  case equalFloat, notEqualFloat, lessFloat, lessEqualFloat
  // Conversions: R[a] = R[b]
  case intToDouble, doubleToInt, intToFloat, floatToInt, floatToDouble, doubleToFloat

  // MARK: Bool
  case notBool  // R[a] = !R[b]

  // MARK: Jumps; the offset counts from the next instruction
  case jump  // by W
  case loop  // by W, backwards: a place where the machine can be stopped
  case jumpIfTrue, jumpIfFalse  // by W when R[a]
  case jumpEqual, jumpNotEqual, jumpLess, jumpLessEqual  // by c when R[a] op R[b] (Int)
  case jumpEqualSmall, jumpNotEqualSmall  // by c when R[a] op b (signed)
  case jumpLessSmall, jumpLessEqualSmall, jumpGreaterSmall, jumpGreaterEqualSmall
  /// `R[a] += 1`, then by c (backwards) while R[a] < R[b].
  case countUp
  /// By c (backwards) after `R[a] += 1`, unless R[a] has reached R[b].
  case countThrough
  case jumpIfThrown  // by W when the call before has thrown

  // MARK: Calls; the arguments stand in the window at R[a]
  case call  // function W
  case callVirtual  // method b of the class of object R[a]
  case callClosure  // closure R[b], c argument slots
  case callNative  // native call site W
  case callNativeInPlace  // native call site b; the first argument's slots are at address R[c]
  case returnResult  // the result is in place
  case throwError  // error R[a] (owned) leaves the function or goes to the next jumpIfThrown
  case returnThrown  // leaves the function, the error going on

  case takeThrown  // R[a] = the error that was thrown, owned

  // MARK: Objects
  case objectMake  // R[a] = new instance (or peer) of type W, owned
  case abandonObject  // the object R[a] will never be complete: no deinitializer runs for it
  case closureMake  // R[a] = closure of function W; captures follow with `capture`
  case capture  // capture slot b of the new closure R[a] = R[c] (ownership moves in)
  case payloadMake  // R[a] = payload of layout b from R[c...], owned (ownership moves in)
  case payloadGet  // R[a] = slot c of payload R[b]
  case existentialMakeCopy  // R[a] = R[b...] as a value of type c, with its own references, owned
  case nativeSubclassMake  // R[a] = native object for peer R[b], arguments in the window; site c

  // MARK: Values of any type; `c` is the type
  case describe  // R[a] = text of R[b...], owned
  case concatenate  // R[a] = the c strings in R[b...] joined, owned
  case cast  // R[a...] = R[b...] as an optional of the target; types follow in `extra`
  case isType  // R[a] = whether R[b...] is of the target type; types follow in `extra`
  case iteratorMake  // R[a] = iterator of the sequence R[b...] of type c, owned
  case iteratorNext  // R[a] = whether iterator R[b] wrote another element to R[c...], owned
  case extra  // more operands of the instruction before
  case trap  // stops with message W
}

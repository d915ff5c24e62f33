/// Operations of the standard library that the machine has an instruction for.
///
/// Declarations of the standard library name them: `declare(…, intrinsic: .addInt)`.
public enum Intrinsic: String, CaseIterable {
  // Int, checked for overflow
  case addInt, subtractInt, multiplyInt, divideInt, remainderInt, negateInt
  case addWrappingInt, subtractWrappingInt, multiplyWrappingInt
  case andInt, orInt, xorInt, shiftLeftInt, shiftRightInt, complementInt
  case equalInt, notEqualInt, lessInt, lessEqualInt, greaterInt, greaterEqualInt
  // Double
  case addDouble, subtractDouble, multiplyDouble, divideDouble, negateDouble
  case equalDouble, notEqualDouble, lessDouble, lessEqualDouble, greaterDouble, greaterEqualDouble
  // Float
  case addFloat, subtractFloat, multiplyFloat, divideFloat, negateFloat
  case equalFloat, notEqualFloat, lessFloat, lessEqualFloat, greaterFloat, greaterEqualFloat
  // Bool
  case notBool, equalBool, notEqualBool
  // Compound assignment: the left side is `inout`, e.g. `+=`; the compiler computes in place.
  case addAssignInt, subtractAssignInt, multiplyAssignInt, divideAssignInt, remainderAssignInt
  case addAssignDouble, subtractAssignDouble, multiplyAssignDouble, divideAssignDouble
  case addAssignFloat, subtractAssignFloat, multiplyAssignFloat, divideAssignFloat
  // Conversions
  case intToDouble, doubleToInt, intToFloat, floatToInt, floatToDouble, doubleToFloat
  case squareRootDouble
  // Identity conversions: Int(x) of an Int
  case identity
  // Arrays
  case arrayCount, arrayIsEmpty
  // Classes
  case identicalObjects, notIdenticalObjects
}

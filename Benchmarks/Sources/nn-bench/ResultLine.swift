import Foundation

/// One line of output: a JSON object whose keys keep their order.
struct ResultLine {
  private var fields: [String] = []

  /// Adds a text.
  mutating func add(_ name: String, _ value: String) {
    fields.append("\"\(name)\": \"\(value)\"")
  }

  /// Adds a whole number.
  mutating func add(_ name: String, _ value: Int) { fields.append("\"\(name)\": \(value)") }

  /// Adds true or false.
  mutating func add(_ name: String, _ value: Bool) { fields.append("\"\(name)\": \(value)") }

  /// Adds a number with some digits; JSON has no infinity and nothing that is not a number.
  mutating func add(_ name: String, _ value: Double, digits: Int = 6) {
    fields.append("\"\(name)\": \(text(value, digits))")
  }

  /// Adds a list of numbers.
  mutating func add(_ name: String, _ values: [Double], digits: Int) {
    let list = values.map { text($0, digits) }.joined(separator: ", ")
    fields.append("\"\(name)\": [\(list)]")
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    value.isFinite ? String(format: "%.\(digits)g", value) : "null"
  }

  /// Prints the line at once, also into a pipe.
  func print() {
    Swift.print("{\(fields.joined(separator: ", "))}")
    fflush(nil)
  }
}

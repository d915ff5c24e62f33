extension Program {
  /// The code of a function and of everything it refers to.
  func disassemble(from start: Int) -> String {
    var seen: Set<Int> = [start]
    var queue = [start]
    var text = ""
    while !queue.isEmpty {
      let index = queue.removeFirst()
      text += disassemble(index)
      for other in functions[index].references.sorted() where seen.insert(other).inserted {
        queue.append(other)
      }
    }
    return text
  }

  private func disassemble(_ index: Int) -> String {
    let function = functions[index]
    var text =
      "function \(index) \(function.name): frame \(function.frameSize), "
      + "parameters \(function.parameterSlots), result \(function.resultSlots), "
      + "owned \(function.owned)\n"
    for position in 0..<function.count {
      let instruction = function.code[position]
      var line = "  \(position)"
      line += String(repeating: " ", count: max(1, 8 - line.count)) + "\(instruction.opcode)"
      line += String(repeating: " ", count: max(1, 28 - line.count))
      line += "\(instruction.a) \(instruction.b) \(instruction.c)"
      if let location = function.location(of: position) {
        line += String(repeating: " ", count: max(1, 48 - line.count))
        line += "; \(location.line):\(location.column)"
      }
      text += line + "\n"
    }
    return text + "\n"
  }
}

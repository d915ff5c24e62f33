import XCTest

@testable import MathML

/// The tables of symbols hold what they seem to.
final class CommandTests: XCTestCase {
  func testEverySymbolIsOneCharacter() {
    for (name, command) in Command.named {
      switch command {
      case .symbol(let symbol) where symbol.text != "mod":
        XCTAssertEqual(symbol.text.count, 1, name)
      case .identifier(let text, _): XCTAssertEqual(text.count, 1, name)
      default: break
      }
    }
  }

  func testGreekIsComplete() {
    let names = [
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
      "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi",
      "psi", "omega",
    ]
    for name in names {
      guard case .identifier? = Command.named[name] else { return XCTFail(name) }
    }
  }

  func testAlphabets() {
    XCTAssertEqual(Alphabet.bold.styled("W"), "𝐖")
    XCTAssertEqual(Alphabet.italic.styled("h"), "ℎ")
    XCTAssertEqual(Alphabet.blackboard.styled("R"), "ℝ")
    XCTAssertEqual(Alphabet.boldItalic.styled("θ"), "𝜽")
    XCTAssertEqual(Alphabet.calligraphic.styled("L"), "ℒ")
    XCTAssertEqual(Alphabet.bold.styled("é"), "é")
  }
}

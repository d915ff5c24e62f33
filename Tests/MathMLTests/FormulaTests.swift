import XCTest

@testable import MathML

/// Every formula in `Formulas/*.txt` gives the MathML that stands below it.
final class FormulaTests: XCTestCase {
  func testFormulas() throws {
    let formulas = try Formula.all()
    XCTAssertGreaterThan(formulas.count, 100)
    for formula in formulas {
      let rendering = formula.render()
      XCTAssertEqual(rendering.problems, [], formula.name)
      XCTAssertEqual(content(of: rendering.markup), formula.expected, formula.name)
    }
  }

  func testTheElementAroundAFormula() {
    XCTAssertEqual(
      MathML.render("a<b", display: true).markup,
      """
      <math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics><mrow><mi>a</mi>\
      <mo>&lt;</mo><mi>b</mi></mrow><annotation encoding="application/x-tex">a&lt;b</annotation>\
      </semantics></math>
      """)
    XCTAssert(MathML.render("x", display: false).markup.contains("display=\"inline\""))
  }

  /// What stands between `<semantics>` and the source.
  private func content(of markup: String) -> String {
    guard let start = markup.range(of: "<semantics>"), let end = markup.range(of: "<annotation")
    else { return markup }
    return String(markup[start.upperBound..<end.lowerBound])
  }
}

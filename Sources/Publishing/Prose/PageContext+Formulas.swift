import MathML
import Notebooks

extension PageContext {
  /// A formula as MathML; what cannot be read of it is reported where it stands.
  func formula(_ latex: String, isDisplay: Bool, at span: SourceSpan) -> HTMLNode {
    let rendering = MathML.render(latex, display: isDisplay)
    for problem in rendering.problems {
      let place = min(span.lowerBound + problem.offset, span.upperBound)
      report(problem.message, at: place..<max(place, span.upperBound))
    }
    return .trusted(rendering.markup)
  }
}

import MathML
import Notebooks

extension ProseRenderer {
  /// The nodes of running text.
  func nodes(for inlines: [Inline]) -> [HTMLNode] {
    var content = ContentBuilder(.phrasing, context: context)
    for inline in inlines {
      switch inline {
      case .html(let html): content.append(rawHTML: html)
      default: content.append(node(for: inline))
      }
    }
    return content.finish()
  }

  private func node(for inline: Inline) -> HTMLNode {
    switch inline {
    case .text(let text): return .text(text)
    case .code(let code): return .element(Element("code") { code })
    case .emphasis(let content): return .element(Element("em") { nodes(for: content) })
    case .strong(let content): return .element(Element("strong") { nodes(for: content) })
    case .strikethrough(let content): return .element(Element("s") { nodes(for: content) })
    case .link(let destination, let title, let content):
      return link(to: destination, title: title, content: content)
    case .image(let source, let title, let alternative, let span):
      return context.image(
        source: source, alternative: alternative.plainText, title: title, at: span)
    case .math(let latex, let isDisplay, let span):
      return context.formula(latex, isDisplay: isDisplay, at: span)
    case .softBreak: return .text("\n")
    case .lineBreak: return .element(Element("br"))
    case .html: return .text("")
    }
  }

  private func link(to destination: String, title: String?, content: [Inline]) -> HTMLNode {
    let wasInsideLink = context.isInsideLink
    context.isInsideLink = true
    defer { context.isInsideLink = wasInsideLink }
    let address = context.address(ofLink: destination)
    return .element(
      Element(address == nil ? "span" : "a", ["href": address, "title": title]) {
        nodes(for: content)
      })
  }
}

extension PageContext {
  /// Running text as the table of contents shows it: nothing to follow and nothing to look at.
  func words(of inlines: [Inline]) -> [HTMLNode] {
    inlines.flatMap { inline -> [HTMLNode] in
      switch inline {
      case .text(let text): return [.text(text)]
      case .code(let code): return [.element(Element("code") { code })]
      case .emphasis(let content): return [.element(Element("em") { words(of: content) })]
      case .strong(let content), .strikethrough(let content), .link(_, _, let content),
        .image(_, _, let content, _):
        return words(of: content)
      case .math(let latex, _, _): return [.trusted(MathML.render(latex, display: false).markup)]
      case .softBreak, .lineBreak: return [.text(" ")]
      case .html: return []
      }
    }
  }
}

/// Ids of headings as GitHub makes them, so that links within a notebook work in both places.
///
/// Labels of cells are ids of the page too; a heading that would take one gets a number behind it.
struct HeadingIDs {
  private var taken: Set<String>
  private var counts: [String: Int] = [:]

  static func assign(to blocks: [Block], reserved labels: [String]) -> [Block] {
    var ids = HeadingIDs(taken: Set(labels))
    return ids.assigned(blocks)
  }

  private init(taken: Set<String>) {
    self.taken = taken
  }

  private mutating func assigned(_ blocks: [Block]) -> [Block] {
    blocks.map { block in
      var block = block
      switch block.kind {
      case .heading(let level, _, let content):
        block.kind = .heading(level: level, id: next(for: content.plainText), content: content)
      case .quote(let inner):
        block.kind = .quote(assigned(inner))
      case .list(var list):
        for index in list.items.indices {
          list.items[index].blocks = assigned(list.items[index].blocks)
        }
        block.kind = .list(list)
      default: break
      }
      return block
    }
  }

  private mutating func next(for title: String) -> String {
    let slug = Self.slug(title)
    var id = slug
    while taken.contains(id) {
      counts[slug, default: 0] += 1
      id = "\(slug)-\(counts[slug, default: 0])"
    }
    taken.insert(id)
    return id
  }

  /// Lower case, spaces as hyphens, and of the rest only letters, digits, `-` and `_`.
  static func slug(_ title: String) -> String {
    var slug = ""
    for scalar in title.lowercased().unicodeScalars {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
        .otherNumber, .connectorPunctuation:
        slug.unicodeScalars.append(scalar)
      default:
        if scalar == "-" || scalar == " " { slug.append("-") }
      }
    }
    return slug.isEmpty ? "section" : slug
  }
}

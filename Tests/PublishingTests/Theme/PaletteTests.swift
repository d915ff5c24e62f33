import XCTest

@testable import Publishing

final class PaletteTests: XCTestCase {
  /// WCAG 2 contrast of text on everything it stands on, in both schemes.
  func testContrastOfText() {
    let plain: [Palette.Color] = [Palette.paper, Palette.surface]
    var pairs: [(text: Palette.Color, surface: Palette.Color)] = []
    for surface in Palette.surfaces {
      for text in [Palette.ink, Palette.strongInk, Palette.quiet, Palette.accent] {
        pairs.append((text, surface))
      }
    }
    for text in Palette.code {
      for surface in plain + [Palette.faultSurface, Palette.noticeSurface, Palette.faultLine] {
        pairs.append((text, surface))
      }
    }
    pairs += [
      (Palette.fault, Palette.faultSurface), (Palette.fault, Palette.paper),
      (Palette.notice, Palette.noticeSurface), (Palette.notice, Palette.paper),
    ]
    for pair in pairs {
      for (scheme, shade) in [("light", \Palette.Color.light), ("dark", \Palette.Color.dark)] {
        let contrast = contrast(pair.text[keyPath: shade], pair.surface[keyPath: shade])
        XCTAssertGreaterThanOrEqual(
          contrast, 4.5, "\(pair.text.name) on \(pair.surface.name), \(scheme)")
      }
    }
  }

  func testTheStyleSheetUsesOnlyColorsThatExist() {
    let names = Set(
      (Palette.surfaces + Palette.lines + Palette.texts + Palette.code).map(\.name)
        + ["serif", "sans", "mono", "math"])
    let used = Theme.styleSheet.components(separatedBy: "var(--").dropFirst()
      .map { String($0.prefix { $0 != ")" }) }
    XCTAssertEqual(Set(used).subtracting(names), [])
    XCTAssertEqual(names.subtracting(used), [])
  }

  func testTheStyleSheetAsksForNothing() {
    XCTAssertFalse(Theme.styleSheet.contains("url("))
    XCTAssertFalse(Theme.styleSheet.contains("@import"))
    XCTAssertFalse(Theme.styleSheet.contains("@font-face"))
  }

  private func contrast(_ one: String, _ other: String) -> Double {
    let (low, high) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
  }

  private func luminance(_ color: String) -> Double {
    let value = Int(color.dropFirst(), radix: 16)!
    let channels = [value >> 16 & 255, value >> 8 & 255, value & 255].map { channel -> Double in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}

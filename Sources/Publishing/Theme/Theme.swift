/// The style sheet of all pages.
///
/// It is Swift text so that the program stays one file; each part below is plain CSS. Sizes follow the
/// reader's own font size, colours the reader's own scheme.
enum Theme {
  static let styleSheet = [
    Palette.variables, fonts, layout, text, tables, navigation, cells, outputs, index, print,
  ].joined(separator: "\n")

  /// Fonts that systems bring along, so that nothing is loaded: serifs made for screens first.
  private static let fonts = """
    :root {
      --serif: Charter, "Bitstream Charter", "Sitka Text", "Source Serif 4", "Noto Serif",
        Cambria, "Liberation Serif", Georgia, serif;
      --sans: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue",
        "Liberation Sans", Arial, sans-serif;
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas,
        "DejaVu Sans Mono", "Liberation Mono", monospace;
      --math: "Latin Modern Math", "STIX Two Math", "Cambria Math", "Libertinus Math",
        "TeX Gyre Termes Math", "DejaVu Math TeX Gyre", math;
    }
    """
}

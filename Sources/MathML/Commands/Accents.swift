extension Command {
  /// Marks above and below.
  static let accents = joined(
    table(
      """
      hat ^ tilde ~ bar ‾ vec → dot ˙ ddot ¨ dddot ⃛ check ˇ breve ˘ acute ´ grave ` mathring ˚
      """
    ) { .accent(Accent(mark: $0)) },
    table("widehat ^ widetilde ~ overline ‾ overrightarrow → overleftarrow ← overleftrightarrow ↔")
    { .accent(Accent(mark: $0, stretches: true)) },
    table("underline _ underrightarrow → underleftarrow ← underleftrightarrow ↔") {
      .accent(Accent(mark: $0, isBelow: true, stretches: true))
    },
    table("overbrace ⏞ overbracket ⎴ overparen ⏜") {
      .accent(Accent(mark: $0, stretches: true, takesNote: true))
    },
    table("underbrace ⏟ underbracket ⎵ underparen ⏝") {
      .accent(Accent(mark: $0, isBelow: true, stretches: true, takesNote: true))
    }
  )
}

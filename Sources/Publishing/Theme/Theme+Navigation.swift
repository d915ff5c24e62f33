extension Theme {
  /// Contents: folded on a phone; open at the side, and without anything to fold, where there is
  /// room. Browsers that cannot open `details` from a style sheet keep the fold.
  static let navigation = """
    .course, .contents, .neighbours { font: .9375rem/1.45 var(--sans); }
    .course { margin-bottom: 1.75rem; }
    .course a, .contents a { text-decoration: none; }
    .course a::before { content: "← " / ""; }
    .course a:hover, .contents a:hover { text-decoration: underline; }
    .contents { margin-bottom: 2rem; }
    .contents details { margin: 0; border: 1px solid var(--rule); border-radius: 7px; }
    .contents summary { padding: .65rem 1rem; font-weight: 600; color: var(--strong-ink); }
    .contents ol { margin: 0; padding: 0; list-style: none; }
    .contents details > ol { padding: 0 1rem .75rem; }
    .contents ol ol { padding-left: 1rem; }
    .contents li { margin: 0; }
    .contents a { display: block; padding: .3rem 0; color: var(--ink); }
    .contents ol ol a { color: var(--quiet); }
    .contents a:hover { color: var(--accent); }
    .contents code { background: none; padding: 0; }
    @media (min-width: 76rem) {
      .with-contents > .contents {
        position: sticky;
        top: 2.5rem;
        grid-row: 2 / span 2;
        max-height: calc(100vh - 5rem);
        overflow-y: auto;
        padding-top: .5rem;
      }
      .contents details { border: 0; border-left: 1px solid var(--rule); border-radius: 0; }
      .contents details > ol { padding-bottom: 0; }
      .contents summary { padding-top: 0; }
    }
    @supports selector(::details-content) {
      @media (min-width: 76rem) {
        .contents details::details-content { content-visibility: visible; block-size: auto; }
        .contents summary { list-style: none; pointer-events: none; font-size: .8125rem;
          font-weight: 400; color: var(--quiet); padding-bottom: .3rem; }
        .contents summary::-webkit-details-marker { display: none; }
      }
    }
    .neighbours {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 1rem;
      margin-top: 4rem;
      padding-top: 1.5rem;
      border-top: 1px solid var(--rule);
    }
    .neighbours a { text-decoration: none; font-weight: 600; }
    .neighbours a:hover { text-decoration: underline; }
    .neighbours span { display: block; font-weight: 400; font-size: .875rem; color: var(--quiet); }
    .neighbours .next { margin-left: auto; text-align: right; }
    """

  static let index = """
    .index main { max-width: 42rem; margin-inline: auto; }
    .lessons { counter-reset: lesson; padding: 0; list-style: none; max-width: none; }
    .lessons li {
      position: relative;
      margin: 0;
      padding: 1.15rem 0 1.15rem 3.25rem;
      border-top: 1px solid var(--rule);
      counter-increment: lesson;
    }
    .lessons li:last-child { border-bottom: 1px solid var(--rule); }
    .lessons li::before {
      content: counter(lesson) / "";
      position: absolute;
      left: .25rem;
      font: 300 1.5rem/1.35 var(--sans);
      font-variant-numeric: tabular-nums;
      color: var(--quiet);
    }
    .lessons h2 { margin: 0; font-size: 1.2rem; line-height: 1.55; }
    .lessons h2 a { text-decoration: none; }
    .lessons h2 a::after { content: ""; position: absolute; inset: 0; }
    .lessons li:hover h2 a { text-decoration: underline; }
    .lessons p { margin: .2rem 0 0; color: var(--quiet); }
    .lessons .mark.failed { font: .875rem/1.5 var(--sans); color: var(--fault); }
    """
}

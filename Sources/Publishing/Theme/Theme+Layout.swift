extension Theme {
  /// The page as a whole: one column on a phone, contents at the side where there is room.
  static let layout = """
    *, ::before, ::after { box-sizing: border-box; }
    html {
      -webkit-text-size-adjust: 100%;
      text-size-adjust: 100%;
      scroll-padding-top: 1.5rem;
      background: var(--paper);
    }
    body {
      margin: 0 auto;
      padding: 1.25rem 1.125rem 4rem;
      max-width: 52rem;
      font: 1.0625rem/1.6 var(--serif);
      color: var(--ink);
      background: var(--paper);
      overflow-wrap: break-word;
    }
    main { min-width: 0; }
    .skip {
      position: absolute;
      left: 1rem;
      top: -4rem;
      z-index: 1;
      padding: .5rem 1rem;
      font-family: var(--sans);
      background: var(--paper);
    }
    .skip:focus { top: .5rem; }
    :focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
      border-radius: 3px;
    }
    @media (min-width: 40rem) {
      body { padding: 2.5rem 2rem 6rem; font-size: 1.125rem; }
    }
    @media (min-width: 76rem) {
      body.with-contents {
        display: grid;
        grid-template-columns: 15rem minmax(0, 50rem);
        grid-auto-rows: max-content;
        column-gap: 3.5rem;
        justify-content: center;
        max-width: none;
      }
      .with-contents > .course { grid-column: 1 / -1; }
      .with-contents > .contents { grid-column: 1; }
      .with-contents > main, .with-contents > .neighbours { grid-column: 2; }
    }
    """
}

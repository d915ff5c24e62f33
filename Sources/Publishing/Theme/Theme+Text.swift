extension Theme {
  /// Prose: a measure of some 68 characters, whatever the width of the window.
  static let text = """
    h1, h2, h3, h4, h5, h6 {
      margin: 2.2em 0 .6em;
      font-family: var(--sans);
      line-height: 1.25;
      letter-spacing: -.011em;
      color: var(--strong-ink);
      text-wrap: balance;
    }
    h1 { margin-top: 0; font-size: 1.9rem; letter-spacing: -.02em; }
    h2 { font-size: 1.4rem; }
    h3 { font-size: 1.15rem; margin-top: 1.9em; }
    h4, h5, h6 { font-size: 1rem; margin-top: 1.7em; }
    h2 + h3, h3 + h4 { margin-top: 1em; }
    p, ul, ol, dl, blockquote, h1, h2, h3, h4, h5, h6 { max-width: 68ch; }
    p, ul, ol, dl, blockquote, details { margin: 0 0 1.05em; }
    p { text-wrap: pretty; }
    ul, ol { padding-left: 1.6em; }
    li { margin-block: .25em; }
    li > p { margin-bottom: .6em; }
    li::marker { color: var(--quiet); }
    .tasks { padding-left: .2em; list-style: none; }
    .tasks .tasks { padding-left: 1.6em; }
    dt { font-weight: 600; }
    dd { margin: 0 0 .5em 1.6em; }
    blockquote {
      padding-left: 1.1em;
      border-left: 3px solid var(--rule);
      color: var(--quiet);
    }
    blockquote > :last-child { margin-bottom: 0; }
    a { color: var(--accent); text-decoration-thickness: .06em; text-underline-offset: .17em; }
    a:hover { text-decoration-thickness: .12em; }
    strong { color: var(--strong-ink); }
    small { font-size: .85em; }
    mark { color: inherit; background: var(--notice-surface); }
    hr { margin: 2.5em 0; border: 0; border-top: 1px solid var(--rule); }
    sub, sup { line-height: 0; }
    code, kbd, samp, pre, output { font-family: var(--mono); font-size: .86em; }
    :not(pre) > code, kbd, :not(pre) > samp {
      padding: .1em .32em;
      border-radius: 4px;
      background: var(--surface);
      overflow-wrap: anywhere;
    }
    a > code { color: inherit; }
    kbd { border: 1px solid var(--rule); }
    h1 code, h2 code, h3 code { background: none; padding: 0; }
    pre {
      margin: 0 0 1.3em;
      padding: .85rem 1rem;
      overflow-x: auto;
      font-size: .8125rem;
      line-height: 1.55;
      tab-size: 4;
    }
    pre > code, pre > samp, pre > output { font-size: inherit; }
    pre.code { border: 1px solid var(--rule); border-radius: 7px; background: var(--surface); }
    @media (min-width: 40rem) { pre { font-size: .875rem; } }
    img { max-width: 100%; height: auto; vertical-align: middle; }
    figure { margin: 1.6em 0; }
    figure > img { display: block; margin-inline: auto; border-radius: 4px; }
    figcaption {
      max-width: 68ch;
      margin-top: .6em;
      font: .9rem/1.45 var(--sans);
      color: var(--quiet);
    }
    figure > img + figcaption { margin-inline: auto; text-align: center; }
    .absent-image {
      display: inline-block;
      padding: .15em .6em;
      border: 1px dashed var(--notice-rule);
      border-radius: 4px;
      font: .9rem/1.5 var(--sans);
      color: var(--notice);
      background: var(--notice-surface);
    }
    a > .absent-image { border-color: currentColor; color: inherit; background: none; }
    math { font-family: var(--math); }
    merror {
      color: var(--notice);
      background: var(--notice-surface);
      outline: 1px solid var(--notice-rule);
    }
    .formula { margin: 1.2em 0; padding: .2em 0; max-width: 68ch; overflow-x: auto; overflow-y: hidden; }
    .align-left { text-align: left; }
    .align-center { text-align: center; }
    .align-right { text-align: right; }
    img.align-right { float: right; margin-left: 1em; }
    img.align-left { float: left; margin-right: 1em; }
    .anchor {
      margin-left: .35em;
      font-weight: 400;
      text-decoration: none;
      color: var(--quiet);
      opacity: 0;
      user-select: none;
      -webkit-user-select: none;
    }
    :hover > .anchor, .anchor:focus { opacity: 1; }
    .title { margin-bottom: 2.4rem; }
    .title h1 { margin-bottom: .35em; }
    .description { font-size: 1.15em; line-height: 1.5; color: var(--quiet); margin-bottom: .4em; }
    .author { font: .95rem/1.5 var(--sans); color: var(--quiet); }
    details > summary { cursor: pointer; font-family: var(--sans); }
    """

  static let tables = """
    .table { margin: 1.5em 0; overflow-x: auto; max-width: max-content; }
    .table, .banner, .fault { position: relative; }
    table {
      border-collapse: collapse;
      font: .94rem/1.45 var(--sans);
      font-variant-numeric: tabular-nums lining-nums;
    }
    caption { padding-bottom: .6em; text-align: left; color: var(--quiet); }
    th, td { padding: .45em .9em; text-align: left; vertical-align: top; }
    @media (max-width: 40rem) { th, td { min-width: 6em; padding-inline: .6em; } }
    th code, td code { white-space: nowrap; overflow-wrap: normal; }
    th { font-weight: 600; color: var(--strong-ink); }
    thead th { border-bottom: 2px solid var(--rule); vertical-align: bottom; }
    tbody tr + tr > * { border-top: 1px solid var(--rule); }
    th.align-center, td.align-center { text-align: center; }
    th.align-right, td.align-right { text-align: right; }
    """
}

extension Theme {
  /// Cells: code on a tinted sheet, its label on the edge like a legend, outputs hung below.
  static let cells = """
    .cell { margin: 1.7em 0; }
    .cell:target > .source > pre, .cell:target > details > .source > pre {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    .source { position: relative; }
    .source > pre { margin: 0; padding-right: 1rem; }
    .tag {
      position: absolute;
      top: -.72em;
      right: .7rem;
      margin: 0;
      padding: 0 .4em;
      font: .75rem/1.4 var(--mono);
      color: var(--quiet);
      background: var(--paper);
      border-radius: 4px;
      user-select: none;
      -webkit-user-select: none;
    }
    .tag a { color: inherit; text-decoration: none; }
    .tag a:hover { color: var(--accent); text-decoration: underline; }
    .tag .mark { font-family: var(--sans); margin-right: .7em; }
    .failed .tag .mark { color: var(--fault); font-weight: 600; }
    .failed-as-expected .tag .mark { color: var(--notice); }
    .not-run .source > pre { border-style: dashed; background: none; }
    .fault-line {
      background: var(--fault-line);
      box-shadow: inset 3px 0 var(--fault-rule);
      margin-inline: -1rem;
      padding-inline: 1rem;
      display: inline-block;
      min-width: calc(100% + 2rem);
    }
    .k { color: var(--keyword); }
    .t { color: var(--type); }
    .s { color: var(--string); }
    .n { color: var(--number); }
    .c { color: var(--comment); font-style: italic; }
    .a { color: var(--attribute); }
    .fold { margin: 0; }
    .fold > summary, .solution > summary {
      width: max-content;
      max-width: 100%;
      padding: .2rem 0;
      font-size: .9375rem;
      color: var(--quiet);
    }
    .fold[open] > summary { margin-bottom: .8rem; }
    .solution { margin: 0; padding: .55rem 1rem; border: 1px dashed var(--rule); border-radius: 7px; }
    .solution > summary { font-weight: 600; color: var(--accent); }
    .solution[open] > summary { margin-bottom: .9rem; }
    """

  /// What cells put out: printed text plain, values on a sheet of their own with their type, errors
  /// in words first.
  static let outputs = """
    .output { margin: .55rem 0 0; padding-left: .95rem; border-left: 3px solid var(--output-rule); }
    .output > * + *, .fault + .fault, .source + .fault { margin-top: .55rem; }
    .output pre { margin: 0; padding: .2rem 0; }
    .output .value {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 0 1rem;
      padding: .35rem .75rem;
      border-radius: 6px;
      background: var(--value-surface);
    }
    .value pre { flex: 0 1 auto; min-width: 0; max-width: 100%; color: var(--strong-ink); }
    .type { margin: 0 0 0 auto; font-size: .8125rem; }
    .type code { background: none; padding: 0; color: var(--quiet); }
    .omission { margin: .4rem 0; font: .875rem/1.5 var(--sans); color: var(--quiet); }
    .output figcaption, .output + figcaption { margin-top: .5rem; }
    .fault {
      padding: .6rem .9rem;
      border: 1px solid var(--fault-rule);
      border-left-width: 4px;
      border-radius: 6px;
      background: var(--fault-surface);
      font: .9375rem/1.5 var(--sans);
    }
    .fault.expected, .fault.warning {
      border-color: var(--notice-rule);
      background: var(--notice-surface);
    }
    .fault p { margin: 0; max-width: none; }
    .fault .headline { white-space: pre-wrap; }
    .fault .headline strong { margin-right: .6em; color: var(--fault); }
    .expected .headline strong, .warning .headline strong { color: var(--notice); }
    .fault .mark {
      margin-right: .6em;
      padding: .05em .5em;
      border: 1px solid var(--notice-rule);
      border-radius: 1em;
      font-size: .8125rem;
      color: var(--notice);
    }
    .excerpt { display: flex; gap: .9rem; align-items: baseline; margin-top: .45rem; }
    .excerpt .place { flex: none; font-size: .8125rem; color: var(--quiet); }
    .excerpt pre { flex: 0 1 auto; min-width: 0; margin: 0; padding: 0; }
    .excerpt code { background: none; padding: 0; }
    .caret { color: var(--fault); font-weight: 700; }
    .expected .caret, .warning .caret { color: var(--notice); }
    .fault .note { margin-top: .3rem; color: var(--quiet); }
    .trace { margin: .5rem 0 0; }
    .trace summary { font-size: .875rem; color: var(--quiet); }
    .trace ol { margin: .3rem 0 0; padding-left: 1.6em; font-size: .875rem; }
    .trace code { background: none; padding: 0; }
    .banner {
      margin: 0 0 2.4rem;
      padding: .9rem 1.1rem;
      border: 1px solid var(--fault-rule);
      border-left-width: 5px;
      border-radius: 7px;
      background: var(--fault-surface);
      font: .9688rem/1.5 var(--sans);
    }
    .banner > :last-child { margin-bottom: 0; }
    .banner p, .banner ul { margin: 0 0 .4rem; }
    .banner .headline strong { color: var(--fault); }
    """
}

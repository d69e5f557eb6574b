/// How the page looks, on top of `PlotStyle`'s colours: on a wide screen, a phone and paper.
enum PageStyle {
  static let css = """
    :root {
      --card: #f5f7f9; --accent: #1d5fc4;
      --alarm: #8a1c10; --alarm-paper: #fdeae7; --alarm-line: #c9301d; --mark: #e7f0fd;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --card: #1e2227; --accent: #7db1ff;
        --alarm: #ffc9c1; --alarm-paper: #43150f; --alarm-line: #ff6b57; --mark: #1b2c45;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 68rem; background: var(--paper);
      color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
    }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.35rem; margin: 2.75rem 0 0.5rem; padding-bottom: 0.3rem; border-bottom: 1px solid var(--line); }
    h3 { font-size: 1.05rem; margin: 1.75rem 0 0.4rem; overflow-wrap: anywhere; }
    p { margin: 0.4rem 0; overflow-wrap: anywhere; }
    a { color: var(--accent); }
    .eyebrow { color: var(--muted); font-size: 0.8rem; letter-spacing: 0.08em; text-transform: uppercase; margin: 0; }
    .muted, .note, .unit { color: var(--muted); }
    .banner {
      margin: 1.25rem 0; padding: 0.75rem 1rem; border: 2px solid var(--alarm-line);
      border-left-width: 10px; border-radius: 6px; background: var(--alarm-paper); color: var(--alarm);
    }
    .banner strong { font-size: 1.1rem; }
    .banner ul { margin: 0.4rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
    .cards { display: grid; gap: 0.75rem; margin: 1.25rem 0; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); }
    .card { background: var(--card); border-radius: 8px; padding: 0.9rem 1.1rem; min-width: 0; }
    .card.main { grid-column: 1 / -1; }
    .card.alarm { background: var(--alarm-paper); outline: 2px solid var(--alarm-line); }
    .card.alarm p { color: var(--alarm); }
    .card .label { font-weight: 600; font-size: 0.9rem; margin: 0; }
    .card .value { font-size: 1.6rem; font-weight: 650; line-height: 1.25; margin: 0.1rem 0; font-variant-numeric: tabular-nums; }
    .card.main .value { font-size: clamp(2rem, 9vw, 3.5rem); color: var(--accent); }
    .card .note { font-size: 0.85rem; line-height: 1.4; margin: 0; }
    .meter { position: relative; height: 10px; border-radius: 5px; background: var(--line); margin: 0.4rem 0 0.6rem; }
    .meter .fill { height: 100%; border-radius: 5px; background: var(--accent); }
    .meter .mark { position: absolute; top: -4px; bottom: -4px; width: 3px; margin-left: -1px; background: var(--ink); }
    nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; font-size: 0.95rem; }
    .figures { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); margin: 1rem 0; }
    figure { margin: 0; min-width: 0; }
    figure.wide { grid-column: 1 / -1; }
    figure.half { max-width: 36rem; }
    figcaption { font-weight: 600; font-size: 0.9rem; margin-bottom: 0.4rem; overflow-wrap: anywhere; }
    .plot { display: block; width: 100%; height: auto; }
    figure.wide .plot { min-width: 44rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.88rem; margin: 0.4rem 0 0.9rem; font-variant-numeric: tabular-nums; min-width: 50%; }
    .caption { color: var(--muted); font-size: 0.88rem; margin: 1rem 0 0; }
    th, td { padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; white-space: nowrap; }
    th { vertical-align: bottom; font-weight: 600; border-bottom: 2px solid var(--muted); }
    th span { display: block; }
    th .unit { font-weight: 400; font-size: 0.8rem; min-height: 1.2em; }
    th.words, td.words { text-align: left; }
    td.words { white-space: normal; min-width: 7rem; }
    th button { all: unset; cursor: pointer; display: block; width: 100%; }
    th button:focus-visible { outline: 2px solid var(--accent); }
    th[aria-sort="ascending"] span:first-child::after { content: " ↑"; }
    th[aria-sort="descending"] span:first-child::after { content: " ↓"; }
    tr.marked td { background: var(--mark); font-weight: 600; }
    tr.alarm td { background: var(--alarm-paper); color: var(--alarm); }
    tr.alarm td a { color: inherit; }
    tfoot td { font-weight: 600; border-bottom: none; border-top: 2px solid var(--muted); }
    dl { display: grid; gap: 0.15rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); margin: 0.8rem 0; }
    dt { color: var(--muted); font-size: 0.82rem; }
    dd { margin: 0 0 0.4rem; overflow-wrap: anywhere; }
    details { margin: 0.9rem 0; }
    details.numbers { margin: 0.2rem 0 0; font-size: 0.85rem; }
    details.numbers summary { color: var(--muted); font-weight: 400; }
    details.numbers .caption { margin-top: 0.2rem; }
    details.numbers .scroll { max-height: 24rem; overflow: auto; }
    summary { cursor: pointer; font-weight: 600; }
    pre { background: var(--card); border-radius: 6px; padding: 0.8rem; overflow-x: auto; font-size: 0.8rem; line-height: 1.45; }
    @media (max-width: 30rem) {
      body { padding: 1rem 0.8rem 3rem; }
      th, td { padding: 0.3rem 0.5rem; }
    }
    @media print {
      :root {
        color-scheme: light;
        --ink: #000000; --muted: #444444; --paper: #ffffff; --line: #bbbbbb; --card: #f2f2f2;
        --accent: #1d5fc4; --alarm: #8a1c10; --alarm-paper: #fdeae7; --alarm-line: #c9301d; --mark: #e7f0fd;
        --s0: #1d5fc4; --s1: #c0440c; --s2: #15803d; --s3: #7c3aed;
        --s4: #94620a; --s5: #0e7490; --s6: #be185d; --s7: #57606a;
      }
      body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      nav, details.numbers, details:not([open]) { display: none; }
      /* A foot of means belongs under the table, not under each page's part of it. */
      tfoot { display: table-row-group; }
      .card, figure, tr, .banner { break-inside: avoid; }
      h2, h3, h3 + p, figcaption, .caption { break-after: avoid; }
      .scroll, pre { overflow: visible; }
      .figures { grid-template-columns: 1fr 1fr; }
      figure.wide .plot { min-width: 0; }
      .cards { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
      table { font-size: 8.5pt; }
      th, td { padding: 0.15rem 0.35rem; }
      th { white-space: normal; }
      td.words { overflow-wrap: anywhere; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    }
    """
}

/// The colours and lines of plots, as CSS that a page or a lone SVG file carries.
enum PlotStyle {
  /// How many series colours there are: the classes s0, s1, ….
  static let seriesCount = 8

  static let css = """
    :root {
      color-scheme: light dark;
      --ink: #1a1d21; --muted: #59616b; --paper: #ffffff; --line: #d5dae0;
      --s0: #1d5fc4; --s1: #c0440c; --s2: #15803d; --s3: #7c3aed;
      --s4: #94620a; --s5: #0e7490; --s6: #be185d; --s7: #57606a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e8eaed; --muted: #a3abb5; --paper: #15181c; --line: #3a4149;
        --s0: #7db1ff; --s1: #ff9c64; --s2: #68d98a; --s3: #c3a4ff;
        --s4: #eec14d; --s5: #5cd0e4; --s6: #ff8dc1; --s7: #b9c0c8;
      }
    }
    .plot { font: 12px system-ui, sans-serif; fill: var(--ink); }
    .plot .grid { stroke: var(--line); stroke-width: 1; fill: none; }
    .plot .axis { stroke: var(--muted); stroke-width: 1; fill: none; }
    .plot .tick { fill: var(--muted); font-size: 11px; }
    .plot .inside { fill: var(--paper); font-size: 11px; }
    .plot .empty { fill: var(--muted); font-size: 14px; }
    .plot .curve { fill: none; stroke: var(--c); stroke-width: 1.75; stroke-linejoin: round; }
    .plot .thin { stroke-width: 1; }
    .plot .mark { stroke: var(--muted); stroke-width: 1.25; fill: none; }
    .plot .dashed { stroke-dasharray: 5 3; }
    .plot .bar { stroke: var(--c); stroke-width: 1.5; fill: none; }
    .plot .area { fill: var(--c); fill-opacity: 0.22; stroke: none; }
    .plot .solid { fill: var(--c); stroke: none; }
    .plot .task { fill: var(--c); stroke: var(--paper); stroke-width: 0.4; }
    .s0 { --c: var(--s0); } .s1 { --c: var(--s1); } .s2 { --c: var(--s2); } .s3 { --c: var(--s3); }
    .s4 { --c: var(--s4); } .s5 { --c: var(--s5); } .s6 { --c: var(--s6); } .s7 { --c: var(--s7); }
    """
}

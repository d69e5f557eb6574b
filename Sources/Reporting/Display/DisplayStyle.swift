/// How the display's page looks, on top of `PlotStyle`'s colours.
enum DisplayStyle {
  /// The colours that the script reads too, in six digits.
  static let colours = """
    :root { --card: #f5f7f9; --accent: #1d5fc4; --true: #15803d; --false: #c62a1e; --picked: #0b0d10; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #0c0f13; --card: #161a20; --accent: #7db1ff; --true: #68d98a; --false: #ff6b57; --picked: #ffffff; }
    }
    """

  static let css =
    colours + "\n" + """
      * { box-sizing: border-box; }
      html, body { margin: 0; height: 100%; }
      body { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; }
      header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 1.1rem; padding: 0.6rem 1rem; border-bottom: 1px solid var(--line); }
      h1 { font-size: 1.25rem; margin: 0; }
      h3 { font-size: 1rem; margin: 0 0 0.4rem; }
      p { margin: 0; overflow-wrap: anywhere; }
      .muted, small, .count { color: var(--muted); }
      small, .help { font-size: 0.8rem; }
      main { flex: 1; min-height: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); position: relative; }
      .panel { overflow-y: auto; padding: 0.7rem 1rem 2rem; border-right: 1px solid var(--line); }
      .panel summary { cursor: pointer; font-weight: 600; display: none; }
      fieldset { border: 0; margin: 0 0 0.9rem; padding: 0; min-width: 0; }
      legend { font-weight: 600; font-size: 0.78rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--muted); padding: 0 0 0.2rem; }
      .switch { display: flex; align-items: baseline; gap: 0.45rem; padding: 0.16rem 0; cursor: pointer; }
      .switch .name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
      .switch small { display: block; line-height: 1.2; }
      .count { font-size: 0.8rem; font-variant-numeric: tabular-nums; }
      input[type="checkbox"] { accent-color: var(--accent); margin: 0; align-self: center; flex: none; }
      .sample { width: 0.8rem; height: 0.8rem; border-radius: 50%; background: var(--c); align-self: center; flex: none; }
      .sample.true { --c: var(--true); } .sample.false { --c: var(--false); } .sample.muted { --c: var(--muted); }
      .sample.rainbow { background: conic-gradient(#6d5cf0, #2f8fe0, #19a86b, #b3a41d, #d9481c, #6d5cf0); }
      .fields label, .range { display: flex; align-items: center; gap: 0.4rem; margin: 0.2rem 0; }
      .fields label { justify-content: space-between; }
      .fields .range > span { flex: 1; }
      .slider { flex-wrap: wrap; }
      .slider input { width: 100%; accent-color: var(--accent); }
      input[type="number"], select, button { font: inherit; font-size: 0.88rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.2rem 0.5rem; min-width: 0; }
      input[type="number"] { width: 4.6rem; }
      button { cursor: pointer; }
      button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--paper); }
      button:disabled { opacity: 0.45; cursor: not-allowed; }
      :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
      .views { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
      .bar { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; padding: 0.5rem 0.8rem; }
      .group { display: flex; flex-wrap: wrap; gap: 0.25rem; }
      #no-3d, .notice { margin: 0 0.8rem 0.4rem; padding: 0.4rem 0.7rem; border-left: 4px solid var(--accent); background: var(--card); }
      .canvases { flex: 1; min-height: 0; display: grid; gap: 1px; background: var(--line); grid-auto-rows: minmax(0, 1fr); }
      .view { position: relative; background: var(--paper); min-width: 0; min-height: 0; }
      .view canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; touch-action: none; cursor: grab; }
      .view canvas:active { cursor: grabbing; }
      body:not(.has-space) .space { display: none; }
      body[data-views="space"] .xy, body[data-views="space"] .rz, body[data-views="xy"] .space,
      body[data-views="xy"] .rz, body[data-views="rz"] .space, body[data-views="rz"] .xy { display: none; }
      body[data-views="all"] .canvases { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      body[data-views="all"] .space { grid-column: 1 / -1; }
      .help { padding: 0.35rem 0.8rem; }
      .details { position: absolute; right: 0.8rem; top: 3.2rem; width: 23rem; max-width: calc(100% - 1.6rem); max-height: calc(100% - 6rem); overflow: auto; padding: 0.8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 18px rgb(0 0 0 / 0.18); }
      #let-go { float: right; line-height: 1; padding: 0.25rem 0.5rem; }
      @media (min-width: 70rem) {
        body.has-pick main { grid-template-columns: 19rem minmax(0, 1fr) 23rem; }
        .details { position: static; width: auto; max-width: none; max-height: none; border: 0; border-left: 1px solid var(--line); border-radius: 0; box-shadow: none; }
      }
      body:not(.has-pick) .details { display: none; }
      .details dl { display: grid; grid-template-columns: auto 1fr; gap: 0.1rem 0.8rem; margin: 0 0 0.6rem; font-size: 0.88rem; }
      .details dt { color: var(--muted); }
      .details dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
      .details .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums; width: 100%; }
      th, td { text-align: right; padding: 0.12rem 0.25rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
      tr.other td { color: var(--false); }
      tr.other td:first-child::before { content: "≠ "; }
      @media (max-width: 56rem) {
        html, body { height: auto; }
        main { display: flex; flex-direction: column; }
        .views { order: -1; }
        .panel { border-right: 0; border-top: 1px solid var(--line); }
        .panel summary { display: list-item; margin-bottom: 0.6rem; }
        .canvases { min-height: 68vh; }
        body[data-views="all"] .canvases { grid-template-columns: minmax(0, 1fr); grid-auto-rows: 60vh; }
        .details { position: static; order: -1; width: auto; max-width: none; max-height: none; margin: 0 0.8rem 0.6rem; box-shadow: none; }
        .group { gap: 0.2rem; }
        .bar button { padding: 0.2rem 0.45rem; }
      }
      """
}

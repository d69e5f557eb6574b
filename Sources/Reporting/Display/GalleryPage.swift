/// A few figures of one event, one below the other, each with its caption: views that turn, and plots.
public struct GalleryPage {
  public enum Content: Sendable {
    /// Layers by their names in the script: `hits`, `edges.0.true`, `tracks.1`.
    case layers([String])
    case histogram(HistogramPlot)
  }

  public struct Figure: Sendable {
    public var title: String
    public var caption: String
    public var content: Content

    public init(title: String, caption: String, content: Content) {
      self.title = title
      self.caption = caption
      self.content = content
    }
  }

  public var display: EventDisplay
  /// Where the event is from.
  public var source: String
  public var figures: [Figure]
  /// Nil where the page is to do with its views in two dimensions.
  public var three: ThreeSource?

  public init(
    _ display: EventDisplay, source: String, figures: [Figure], three: ThreeSource?
  ) {
    self.display = display
    self.source = source
    self.figures = figures
    self.three = three
  }

  /// The page; the same values always give the same text.
  public var text: String {
    let (description, data) = display.packed
    let parts = [
      DisplayPage.head(
        title: "Event \(display.event) – trackflow gallery", style: GalleryStyle.css),
      "<body>",
      """
      <header>
      <p class="eyebrow">trackflow gallery</p>
      <h1>Event \(display.event)</h1>
      <p class="muted">\(Markup.escape(source))</p>
      <p id="no-3d" class="notice" hidden="">\(Markup.escape(three == nil ? DisplayPage.noThreeWords : DisplayPage.noWebGLWords))</p>
      <noscript><p class="notice">This page draws by its script, which is switched off.</p></noscript>
      </header>
      <main>
      """,
      figures.enumerated().map { Self.text(of: $1, number: $0 + 1) }.joined(separator: "\n"),
      "</main>",
      "<script type=\"application/json\" id=\"display-description\">\(PageText.json(description))</script>",
      "<script type=\"text/plain\" id=\"display-data\">\(data)</script>",
      DisplayPage.library(three), "<script>\(PageText.own(DisplayScript.figures))</script>",
      "</body>", "</html>", "",
    ]
    return parts.joined(separator: "\n")
  }

  private static func text(of figure: Figure, number: Int) -> String {
    let title = Markup.escape(figure.title)
    let heading = "<h2>\(number). \(title)</h2>\n<p>\(Markup.escape(figure.caption))</p>"
    switch figure.content {
    case .histogram(let plot):
      return
        "<section>\n\(heading)\n<figure class=\"plot-figure\">\(plot.svg())</figure>\n</section>"
    case .layers(let layers):
      func view(_ name: String, _ words: String) -> String {
        "<div class=\"view \(name)\"><canvas data-view=\"\(name)\" role=\"img\" tabindex=\"0\" aria-label=\"\(title), \(words)\"></canvas></div>"
      }
      return """
        <section>
        \(heading)
        <figure data-layers="\(layers.joined(separator: " "))">
        <button type="button" data-turn="" aria-pressed="false">Turn and zoom</button>
        <div class="canvases">
        \(view("space", "in three dimensions"))
        \(view("xy", "across the beam"))
        \(view("rz", "along the beam"))
        </div>
        </figure>
        </section>
        """
    }
  }
}

/// How the gallery looks, on top of `PlotStyle`'s colours.
enum GalleryStyle {
  static let css =
    DisplayStyle.colours + "\n" + """
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
      h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
      h2 { font-size: 1.3rem; margin: 2.6rem 0 0.2rem; }
      p { margin: 0.3rem 0; overflow-wrap: anywhere; max-width: 60rem; }
      .muted, .eyebrow { color: var(--muted); }
      .eyebrow { font-size: 0.8rem; letter-spacing: 0.08em; text-transform: uppercase; }
      .notice { padding: 0.4rem 0.7rem; border-left: 4px solid var(--accent); background: var(--card); }
      figure { margin: 0.8rem 0 0; position: relative; }
      .plot { display: block; width: 100%; max-width: 44rem; height: auto; }
      button { position: absolute; right: 0.6rem; top: 0.6rem; z-index: 1; font: inherit; font-size: 0.88rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.2rem 0.6rem; cursor: pointer; }
      button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--paper); }
      :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
      .canvases { display: grid; gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; grid-template-columns: repeat(2, minmax(0, 1fr)); height: 24rem; }
      .has-space .canvases { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); grid-template-rows: repeat(2, minmax(0, 1fr)); height: 38rem; }
      .has-space .space { grid-row: 1 / -1; }
      body:not(.has-space) .space { display: none; }
      .view { position: relative; background: var(--paper); min-width: 0; min-height: 0; }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; pointer-events: none; }
      .turns canvas { pointer-events: auto; touch-action: none; cursor: grab; }
      @media (max-width: 44rem) {
        body { padding: 1rem 0.8rem 3rem; }
        .canvases, .has-space .canvases { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; grid-auto-rows: 20rem; height: auto; }
        .has-space .space { grid-row: auto; }
      }
      """
}

/// An event as one HTML page that turns, and needs nothing else: no network, no other file. See `docs/display.md`.
public struct DisplayPage {
  public var display: EventDisplay
  /// Where the event and its tracks are from, such as "run 20261124T235816Z-full of workflow full".
  public var source: String
  /// Nil where the page is to do with its views in two dimensions.
  public var three: ThreeSource?

  public init(_ display: EventDisplay, source: String, three: ThreeSource?) {
    self.display = display
    self.source = source
    self.three = three
  }

  /// What a page says that was made without three.js, and the terminal as well.
  public static let noThreeWords =
    "three.js was not found when this page was made, so there is no view in three dimensions; install it"
    + " (Debian's package libjs-three) or name its folder with --three, and make the page again."

  /// What a page says whose browser cannot draw it in three dimensions.
  static let noWebGLWords =
    "This browser has no WebGL, which the 3-D view needs; the views in two dimensions are here."

  /// The page; the same values always give the same text.
  public var text: String {
    let (description, data) = display.packed
    let title = "Event \(display.event)"
    let parts = [
      head(title: title),
      "<body data-views=\"all\" data-no-three=\"\(Markup.escape(Self.noThreeWords))\" data-no-webgl=\"\(Markup.escape(Self.noWebGLWords))\">",
      header(title: title), "<main>", DisplayPanel(display: display).text, Self.views,
      Self.details, "</main>",
      "<script type=\"application/json\" id=\"display-description\">\(PageText.json(description))</script>",
      "<script type=\"text/plain\" id=\"display-data\">\(data)</script>",
      Self.library(three), "<script>\(PageText.own(DisplayScript.display))</script>",
      "</body>", "</html>", "",
    ]
    return parts.joined(separator: "\n")
  }

  static func library(_ three: ThreeSource?) -> String {
    guard let three else { return "" }
    return """
      <!-- three.js r\(three.release) and its OrbitControls, (c) the three.js authors, MIT licence -->
      <script>\(PageText.script(three.core))</script>
      <script>\(PageText.script(three.controls))</script>
      """
  }

  private func head(title: String) -> String {
    Self.head(title: "\(title) – trackflow display", style: DisplayStyle.css)
  }

  static func head(title: String, style: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"/>
    <title>\(Markup.escape(title))</title>
    <style>
    \(PlotStyle.css)
    \(style)
    </style>
    </head>
    """
  }

  private func header(title: String) -> String {
    """
    <header>
    <h1>\(Markup.escape(title))</h1>
    <p>\(Markup.escape(display.countWords))</p>
    <p class="muted">\(Markup.escape(source))</p>
    </header>
    """
  }

  private static let views = """
    <section class="views" aria-label="Views">
    <div class="bar">
    <span class="group" role="group" aria-label="View">
    <button type="button" data-show="space" aria-pressed="false">3-D</button>
    <button type="button" data-show="xy" aria-pressed="false">x–y</button>
    <button type="button" data-show="rz" aria-pressed="false">r–z</button>
    <button type="button" data-show="all" aria-pressed="false">All</button>
    </span>
    <span class="group" role="group" aria-label="Camera">
    <button type="button" data-look="home" hidden="">Corner</button>
    <button type="button" data-look="beam" hidden="">Along the beam</button>
    <button type="button" data-look="side" hidden="">From the side</button>
    </span>
    <span class="group" role="group" aria-label="Extent">
    <button type="button" data-fit="tracks">Fit tracks</button>
    <button type="button" data-fit="whole">Fit event</button>
    </span>
    </div>
    <div id="no-3d" role="status" hidden=""><p id="no-3d-words"></p></div>
    <noscript><p class="notice">This page draws by its script, which is switched off.</p></noscript>
    <div class="canvases">
    <div class="view space"><canvas data-view="space" tabindex="0" role="img" aria-label="The event in three dimensions"></canvas></div>
    <div class="view xy"><canvas data-view="xy" tabindex="0" role="img" aria-label="The event across the beam, y against x"></canvas></div>
    <div class="view rz"><canvas data-view="rz" tabindex="0" role="img" aria-label="The event along the beam, r against z"></canvas></div>
    </div>
    <p class="help muted">Drag turns (right button or two fingers: moves) · wheel or pinch zooms · click picks · Esc lets go · arrows, + and − on a view</p>
    </section>
    """

  private static let details = """
    <section class="details" aria-label="What is picked" aria-live="polite"><button type="button" id="let-go" aria-label="Let go">×</button><div id="picked"></div></section>
    """
}

/// What the page template is filled with; all text in it is markup, so nothing is left to escape.
struct PageView {
  /// What sort of page it is.
  var eyebrow = Markup("trackflow report")
  var title: Markup
  var subtitle: Markup
  var banner: [BannerView]
  var cards: [CardView]
  var sections: [SectionView]
  let style = Markup(trusted: PlotStyle.css + "\n" + PageStyle.css)
  let script = Markup(trusted: PageScript.text)
}

/// The warning at the top of a page whose score leaves events out.
struct BannerView {
  var message: Markup
  var reasons: [Markup]
}

/// One of the large numbers at the top.
struct CardView {
  var kind = Markup("plain")
  var label: Markup
  var value: Markup
  var note: Markup
  /// Score and ceiling as a bar; empty where there is none.
  var meter: [MeterView] = []
}

/// A bar from 0 to 1, filled up to the score and marked at the ceiling; both in per cent.
struct MeterView {
  var fill: Markup
  var mark: [Markup]
}

struct SectionView {
  var id: Markup
  var heading: Markup
  var blocks: [BlockView] = []
}

/// A part of a section; what is empty is not shown.
struct BlockView {
  var subheading: [Markup] = []
  var paragraphs: [Markup] = []
  /// Lists of facts and of figures, each in an element of its own.
  var factLists: [FactListView] = []
  var figureRows: [FigureRowView] = []
  var tables: [TableView] = []
  var details: [DetailsView] = []
}

struct FactListView {
  var facts: [FactView]
}

struct FigureRowView {
  var figures: [FigureView]
}

struct FactView {
  var name: Markup
  var value: Markup

  init(_ name: String, _ value: String) {
    self.name = Markup(name)
    self.value = Markup(value)
  }
}

struct FigureView {
  var kind: Markup
  var caption: Markup
  var svg: Markup
  /// The numbers behind the picture; empty for none.
  var numbers: [TableView]

  /// A plot with its numbers behind it.
  init(_ caption: String, _ plot: some NumberedPlot, isWide: Bool = false) {
    kind = Markup(isWide ? "wide" : "half")
    self.caption = Markup(caption)
    svg = Markup(trusted: plot.svg(standalone: false))
    let table = plot.numbers
    numbers = table.rows.isEmpty ? [] : [table]
  }
}

/// Something long that opens at a click.
struct DetailsView {
  var summary: Markup
  var code: [Markup] = []
  var factLists: [FactListView] = []
  var figureRows: [FigureRowView] = []
  var inner: [TableView] = []
}

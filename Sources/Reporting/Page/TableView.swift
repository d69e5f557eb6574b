/// A table of the page, with a unit under each heading and a row of means where that says something.
struct TableView {
  var caption: Markup
  var heads: [HeadView]
  var rows: [RowView]
  /// The rows under the line.
  var means: [RowView] = []

  struct HeadView {
    var kind: Markup
    var name: Markup
    var unit: Markup
  }

  struct RowView {
    var kind = Markup("")
    var cells: [CellView]
  }

  struct CellView {
    var kind: Markup
    var text: Markup
    /// What a column is sorted by, if not by its text.
    var key: [Markup]
  }
}

/// One column: its heading, its unit, and what it shows of a row's value.
struct Column<Row> {
  var name: String
  var unit: String
  var isText = false
  /// The number that is sorted by and averaged; nil for none.
  var number: (Row) -> Double?
  var text: (Row) -> String
  /// How the mean is written; nil where a mean says nothing.
  var mean: ((Double) -> String)?
  /// Where the text leads to, from the page's folder; nil for nowhere.
  var link: (Row) -> String? = { _ in nil }

  static func words(_ name: String, unit: String = "", _ text: @escaping (Row) -> String) -> Self {
    Column(name: name, unit: unit, isText: true, number: { _ in nil }, text: text)
  }

  /// A number that names something, such as an event.
  static func label(_ name: String, _ value: @escaping (Row) -> Int) -> Self {
    Column(
      name: name, unit: "number", number: { Double(value($0)) }, text: { String(value($0)) })
  }

  static func count(_ name: String, unit: String = "count", _ value: @escaping (Row) -> Int) -> Self
  {
    Column(
      name: name, unit: unit, number: { Double(value($0)) },
      text: { NumberText.grouped(value($0)) }, mean: { NumberText.grouped(rounding: $0) })
  }

  /// A count that some rows lack.
  static func optionalCount(
    _ name: String, unit: String = "count", _ value: @escaping (Row) -> Int?
  ) -> Self {
    Column(
      name: name, unit: unit, number: { value($0).map(Double.init) },
      text: { value($0).map(NumberText.grouped) ?? NumberText.none },
      mean: { NumberText.grouped(rounding: $0) })
  }

  /// A difference of scores with its sign.
  static func change(_ name: String, _ value: @escaping (Row) -> Double?) -> Self {
    func text(_ value: Double) -> String {
      (value > 0 ? "+" : "") + NumberText.score(value)
    }
    return Column(
      name: name, unit: "of 1", number: value,
      text: { value($0).map(text) ?? NumberText.none }, mean: text)
  }

  static func score(_ name: String, unit: String = "of 1", _ value: @escaping (Row) -> Double?)
    -> Self
  {
    Column(
      name: name, unit: unit, number: value, text: { NumberText.score(value($0)) },
      mean: { NumberText.score($0) })
  }

  static func percent(_ name: String, _ value: @escaping (Row) -> Double?) -> Self {
    Column(
      name: name, unit: "%", number: value, text: { NumberText.percent(value($0)) },
      mean: { NumberText.percent($0) })
  }

  static func seconds(_ name: String, unit: String = "s", _ value: @escaping (Row) -> Double?)
    -> Self
  {
    Column(
      name: name, unit: unit, number: value,
      text: { value($0).map { NumberText.fixed($0, decimals: 1) } ?? NumberText.none })
  }
}

extension TableView {
  /// A table of rows; with `hasMeans` and more than one row, the columns' means under it.
  init<Row>(
    _ caption: String, columns: [Column<Row>], of rows: [Row], hasMeans: Bool = false,
    isMarked: (Row) -> Bool = { _ in false }
  ) {
    self.caption = Markup(caption)
    heads = columns.map {
      HeadView(kind: Self.kind($0), name: Markup($0.name), unit: Markup($0.unit))
    }
    self.rows = rows.map { row in
      RowView(
        kind: Markup(isMarked(row) ? "marked" : ""),
        cells: columns.map { column in
          let number = column.number(row).flatMap { $0.isFinite ? "\($0)" : nil }
          return CellView(
            kind: Self.kind(column), text: Markup(column.text(row), link: column.link(row)),
            key: column.isText ? [] : [Markup(number ?? "")])
        })
    }
    if hasMeans, rows.count > 1 { means = [Self.means(of: columns, rows: rows)] }
  }

  private static func kind<Row>(_ column: Column<Row>) -> Markup {
    Markup(column.isText ? "words" : "figure")
  }

  private static func means<Row>(of columns: [Column<Row>], rows: [Row]) -> RowView {
    RowView(
      cells: columns.enumerated().map { index, column in
        let values = rows.compactMap(column.number).filter(\.isFinite)
        var text = index == 0 ? "mean" : ""
        if let mean = column.mean, !values.isEmpty {
          text = mean(values.reduce(0, +) / Double(values.count))
        }
        return CellView(kind: kind(column), text: Markup(text), key: [])
      })
  }
}

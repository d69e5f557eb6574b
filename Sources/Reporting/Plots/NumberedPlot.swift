/// A plot that can say its numbers as well: the page shows them as a table behind the picture.
protocol NumberedPlot {
  /// What is drawn, without units.
  var title: String { get }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  func svg(standalone: Bool) -> String

  /// Every number that is drawn, with its unit.
  var numbers: TableView { get }
}

extension NumberedPlot {
  /// A number of a plot as it is, with so many digits as tell it apart.
  static func column<Row>(
    _ label: String, unit: String? = nil, _ value: @escaping (Row) -> Double?
  ) -> Column<Row> {
    let (name, inBrackets) = AxisLabel.parts(of: label)
    return Column(
      name: name, unit: unit ?? inBrackets,
      number: value,
      text: { value($0).map { NumberText.significant($0, digits: 5) } ?? NumberText.none })
  }
}

/// An axis' label, such as "pT (GeV)", in its parts.
enum AxisLabel {
  /// The name, and what stands in brackets at its end; empty where there is nothing.
  static func parts(of label: String) -> (name: String, unit: String) {
    guard label.hasSuffix(")"), let open = label.lastIndex(of: "(") else { return (label, "") }
    var name = label[..<open]
    while name.last == " " { name.removeLast() }
    return (String(name), String(label[label.index(after: open)...].dropLast()))
  }
}

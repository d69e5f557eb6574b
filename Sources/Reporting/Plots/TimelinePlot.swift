/// Which worker did what when: one row a worker, one box a task, one colour a stage.
///
/// On a cluster the rows of a node stand together under its name.
public struct TimelinePlot: NumberedPlot, Sendable {
  public var title: String
  public var tasks: [RunReport.TimelineTask]
  /// The stages in their order, which gives them their colours; others follow as they come.
  public var stages: [String]

  /// Above this many tasks, boxes of a stage are drawn as one element and say nothing of themselves.
  static let maximumBoxes = 1500
  static let width = 960.0

  public init(title: String, tasks: [RunReport.TimelineTask], stages: [String] = []) {
    self.title = title
    self.tasks = tasks
    self.stages = stages
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    TableView(
      tasks.count > Self.maximumBoxes
        ? "The first \(NumberText.grouped(Self.maximumBoxes)) of \(NumberText.grouped(tasks.count)) tasks; report.json has them all"
        : title,
      columns: [
        .words("Stage") { $0.stage },
        Column(
          name: "Event", unit: "number", number: { $0.event.map(Double.init) },
          text: { $0.event.map(String.init) ?? NumberText.none }),
        .label("Worker") { $0.worker },
      ] + (tasks.contains { $0.node != nil } ? [.words("Node") { $0.node ?? NumberText.none }] : [])
        + [
          Self.column("Start", unit: "s") { $0.start }, Self.column("End", unit: "s") { $0.end },
        ], of: Array(tasks.prefix(Self.maximumBoxes)))
  }

  /// Where the time axis begins, behind the rows' names; a plot under it begins there too.
  public var left: Double { Self.left(of: TimelineRows(of: drawn)) }

  private var drawn: [RunReport.TimelineTask] {
    tasks.filter { Axis.isDrawable($0.start) && Axis.isDrawable($0.end) && $0.start <= $0.end }
  }

  private var drawing: SVGDrawing {
    let drawn = drawn
    guard let end = drawn.map(\.end).max() else { return PlotFrame.empty(title: title) }
    let rows = TimelineRows(of: drawn)
    let start = min(0, drawn.map(\.start).min() ?? 0)
    let (axis, unitSeconds) = Axis.time(from: start, to: end)
    let left = Self.left(of: rows)
    let right = Self.width - 16
    let legend = TimelineLegend(stages: colours(of: drawn), left: left, right: right)
    let top = legend.height + 8
    let rowHeight = Self.rowHeight(rows: rows.names.count)
    let bottom = top + rowHeight * Double(rows.names.count)
    var drawing = SVGDrawing(width: Self.width, height: bottom + 44, title: title)
    legend.draw(in: &drawing)
    func x(_ seconds: Double) -> Double {
      left + axis.position(of: seconds / unitSeconds) * (right - left)
    }
    for tick in axis.ticks {
      let x = left + axis.position(of: tick.value) * (right - left)
      drawing.line(x, top, x, bottom + 4, style: "grid")
      drawing.label(tick.label, x: x, y: bottom + 18, anchor: .middle, style: "tick")
    }
    draw(rows, height: rowHeight, top: top, left: left, right: right, in: &drawing)
    func box(_ task: RunReport.TimelineTask, _ row: Int) -> (x: Double, y: Double, width: Double) {
      let y = top + Double(row) * rowHeight + rowHeight * 0.1
      return (x(task.start), y, max(1, x(task.end) - x(task.start)))
    }
    if drawn.count <= Self.maximumBoxes {
      for (task, row) in zip(drawn, rows.rows) {
        let place = box(task, row)
        drawing.rectangle(
          x: place.x, y: place.y, width: place.width, height: rowHeight * 0.8,
          style: "task \(legend.style(of: task.stage))", words: Self.words(for: task))
      }
    } else {
      for stage in legend.stages {
        let outlines = zip(drawn, rows.rows).filter { $0.0.stage == stage }.map { task, row in
          let place = box(task, row)
          let (right, low) = (place.x + place.width, place.y + rowHeight * 0.8)
          return [(place.x, place.y), (right, place.y), (right, low), (place.x, low)]
        }
        drawing.path(outlines, style: "task \(legend.style(of: stage))", closed: true)
      }
    }
    drawing.path([(left, top), (left, bottom), (right, bottom)], style: "axis")
    drawing.label(axis.label, x: (left + right) / 2, y: bottom + 38, anchor: .middle)
    return drawing
  }

  /// The rows' names, as many as there is room for, and a line between two nodes.
  private func draw(
    _ rows: TimelineRows, height: Double, top: Double, left: Double, right: Double,
    in drawing: inout SVGDrawing
  ) {
    let labelStride = max(1, Int((13 / height).rounded(.up)))
    var next = 0
    for (row, name) in rows.names.enumerated() where !name.isEmpty {
      let y = top + Double(row) * height
      if rows.isOfNodes, row > 0 { drawing.line(left, y, right, y, style: "grid") }
      guard rows.isOfNodes ? row >= next : row % labelStride == 0 else { continue }
      next = row + labelStride
      let middle = y + max(height, rows.isOfNodes ? min(13, Double(labelStride) * height) : 0) / 2
      drawing.label(
        Self.fitted(name), x: left - 6, y: middle + 4, anchor: .end, style: "tick")
    }
  }

  /// Rows are as high as is good to look at, and become lower where there are many.
  private static func rowHeight(rows: Int) -> Double {
    if rows <= 24 { return 20 }
    return min(max(5, 480 / Double(rows)), 1600 / Double(rows))
  }

  /// A node's name as far as there is room for it.
  private static func fitted(_ name: String) -> String { SVGDrawing.fit(name, width: 150) }

  private static func left(of rows: TimelineRows) -> Double {
    // Not less than plots under it need, so that they can begin there.
    12 + ((rows.names + ["worker 0"]).map { SVGDrawing.width(of: fitted($0)) }.max() ?? 0)
  }

  /// The stages that have tasks, in the order of their colours.
  private func colours(of tasks: [RunReport.TimelineTask]) -> [String] {
    var known = Set(stages)
    let present = Set(tasks.map(\.stage))
    let more = tasks.map(\.stage).filter { known.insert($0).inserted }
    return (stages + more).filter(present.contains)
  }

  private static func words(for task: RunReport.TimelineTask) -> String {
    let event = task.event.map { ", event \($0)" } ?? ""
    return "\(task.stage)\(event): \(NumberText.duration(task.end - task.start))"
      + " from \(NumberText.duration(task.start))\(task.node.map { " on \($0)" } ?? "")"
  }
}

/// The colours of the stages, in rows above the timeline.
struct TimelineLegend {
  let stages: [String]
  private let places: [(x: Double, y: Double, words: String)]
  let height: Double

  init(stages: [String], left: Double, right: Double) {
    self.stages = stages
    var places: [(x: Double, y: Double, words: String)] = []
    var (x, y) = (left, 10.0)
    for stage in stages {
      let words = SVGDrawing.fit(stage, width: 260)
      let need = 18 + SVGDrawing.width(of: words) + 16
      if x > left, x + need > right {
        (x, y) = (left, y + 18)
      }
      places.append((x, y, words))
      x += need
    }
    self.places = places
    height = y + 10
  }

  func style(of stage: String) -> String {
    "s\((stages.firstIndex(of: stage) ?? 0) % PlotStyle.seriesCount)"
  }

  func draw(in drawing: inout SVGDrawing) {
    for (stage, place) in zip(stages, places) {
      drawing.rectangle(
        x: place.x, y: place.y - 6, width: 12, height: 12, style: "task \(style(of: stage))")
      drawing.label(place.words, x: place.x + 18, y: place.y + 4)
    }
  }
}

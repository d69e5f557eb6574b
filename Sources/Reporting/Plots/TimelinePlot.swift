/// Which worker did what when: one row a worker, one box a task, one colour a stage.
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
        Self.column("Start", unit: "s") { $0.start }, Self.column("End", unit: "s") { $0.end },
      ], of: Array(tasks.prefix(Self.maximumBoxes)))
  }

  private var drawing: SVGDrawing {
    let drawn = tasks.filter {
      Axis.isDrawable($0.start) && Axis.isDrawable($0.end) && $0.start <= $0.end
    }
    guard let end = drawn.map(\.end).max() else { return PlotFrame.empty(title: title) }
    let workers = Array(Set(drawn.map(\.worker))).sorted()
    let start = min(0, drawn.map(\.start).min() ?? 0)
    let (axis, unitSeconds) = Axis.time(from: start, to: end)
    let names = workers.map(Self.name)
    let left = Self.left(workers: workers)
    let right = Self.width - 16
    let legend = TimelineLegend(stages: colours(of: drawn), left: left, right: right)
    let top = legend.height + 8
    let rowHeight = workers.count <= 24 ? 20.0 : max(5, 480 / Double(workers.count))
    let bottom = top + rowHeight * Double(workers.count)
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
    let labelStride = max(1, Int((13 / rowHeight).rounded(.up)))
    for (row, name) in names.enumerated() where row % labelStride == 0 {
      let y = top + (Double(row) + 0.5) * rowHeight + 4
      drawing.label(name, x: left - 6, y: y, anchor: .end, style: "tick")
    }
    let rows = Dictionary(uniqueKeysWithValues: workers.enumerated().map { ($1, $0) })
    func box(_ task: RunReport.TimelineTask) -> (x: Double, y: Double, width: Double) {
      let y = top + Double(rows[task.worker] ?? 0) * rowHeight + rowHeight * 0.1
      return (x(task.start), y, max(1, x(task.end) - x(task.start)))
    }
    if drawn.count <= Self.maximumBoxes {
      for task in drawn {
        let place = box(task)
        drawing.rectangle(
          x: place.x, y: place.y, width: place.width, height: rowHeight * 0.8,
          style: "task \(legend.style(of: task.stage))", words: Self.words(for: task))
      }
    } else {
      for stage in legend.stages {
        let outlines = drawn.filter { $0.stage == stage }.map { task in
          let place = box(task)
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

  private static func name(of worker: Int) -> String { "worker \(worker)" }

  /// Where the time axis begins, behind the workers' names.
  static func left(workers: [Int]) -> Double {
    12 + (workers.map { SVGDrawing.width(of: name(of: $0)) }.max() ?? 0)
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
      + " from \(NumberText.duration(task.start))"
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

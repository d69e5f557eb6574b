import JSONDocument

/// A stage as a workflow declares it: fixed parameters, and those that are scanned.
struct DeclaredStage {
  var definition: StageDefinition
  var axes: [ScanAxis]
}

/// A parameter of a stage that is tried with several values.
struct ScanAxis: Equatable {
  var stage: String
  var parameter: String
  /// As the parameter takes them, none twice.
  var values: [JSONValue]

  var name: String { "\(stage).\(parameter)" }
}

/// One value of a scanned parameter.
struct ScanCoordinate {
  var axis: ScanAxis
  var index: Int

  var value: JSONValue { axis.values[index] }
}

/// Lays out scans: in the place of a scanned stage, and of each that needs it, comes one stage a point.
///
/// A stage behind several scanned ones has a point for every combination of their values; scans that
/// reach it on two ways stay in step. A report takes all points.
struct StageScan {
  /// The most stages that a workflow may come to.
  static let mostStages = 1000

  /// What has been laid out so far.
  private(set) var stages: [StageDefinition] = []
  private var axesByStage: [String: [ScanAxis]] = [:]
  private let labels: ScanLabels

  init(_ declared: [DeclaredStage]) {
    labels = ScanLabels(of: declared.flatMap(\.axes))
  }

  /// All combinations of values, the last axis running fastest; one empty point without axes.
  static func points(of axes: [ScanAxis]) -> [[ScanCoordinate]] {
    axes.reduce([[]]) { points, axis in
      points.flatMap { point in
        axis.values.indices.map { point + [ScanCoordinate(axis: axis, index: $0)] }
      }
    }
  }

  static func words(of point: [ScanCoordinate]) -> String {
    point.map { "\($0.axis.parameter) = \($0.value.compactText)" }.joined(separator: ", ")
  }

  static func complaint(points: Double, of stage: String) -> String {
    "the scan gives stage \(stage) \(Int(min(points, 1e15))) points; a workflow may come to at most"
      + " \(mostStages) stages: take fewer values"
  }

  /// The scanned parameters that a stage has a point for every value of: those behind what it needs, and its own.
  func axes(of stage: DeclaredStage) -> [ScanAxis] {
    guard stage.definition.kind.scope != .report else { return [] }
    var axes: [ScanAxis] = []
    for axis in stage.definition.needs.flatMap({ axesByStage[$0] ?? [] }) + stage.axes
    where !axes.contains(axis) {
      axes.append(axis)
    }
    return axes
  }

  /// How many stages one comes to.
  func count(of stage: DeclaredStage) -> Double {
    axes(of: stage).reduce(1) { $0 * Double($1.values.count) }
  }

  /// Lays out a stage; those that it needs come before it.
  mutating func add(_ stage: DeclaredStage) {
    let axes = axes(of: stage)
    axesByStage[stage.definition.name] = axes
    for point in Self.points(of: axes) {
      var copy = stage.definition
      copy.name = labels.name(of: stage.definition.name, at: point)
      copy.declaredName = stage.definition.name
      copy.parameters = stage.definition.parameters(
        at: point.filter { $0.axis.stage == stage.definition.name })
      copy.point = point.map { JSONMember(name: $0.axis.name, value: $0.value) }
      copy.needs = stage.definition.needs.flatMap { need in
        let needed = axesByStage[need] ?? []
        let isReport = stage.definition.kind.scope == .report
        let points =
          isReport
          ? Self.points(of: needed)
          : [needed.compactMap { axis in point.first { $0.axis == axis } }]
        return points.map { labels.name(of: need, at: $0) }
      }
      stages.append(copy)
    }
  }
}

extension StageDefinition {
  /// Its parameters with those of a point in the place of the defaults.
  func parameters(at point: [ScanCoordinate]) -> [JSONMember] {
    parameters.map { member in
      let scanned = point.first { $0.axis.parameter == member.name }
      return JSONMember(name: member.name, value: scanned?.value ?? member.value)
    }
  }
}

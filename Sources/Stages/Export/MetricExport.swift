import Exchange
import JSONDocument
import Workflow

/// The numbers of a run's events, which its report shows, as a table for other tools.
public struct MetricExport: Sendable {
  private let results: RunResults

  public init(_ results: RunResults) { self.results = results }

  /// - Parameters:
  ///   - told: the stage; nil for all that go event by event.
  ///   - events: numbers; none for all.
  /// - Throws: `ExportError` for a stage or an event that the run has no results of.
  public func table(stage told: String?, events: [Int]) throws -> MetricTable {
    if let told, results.kind(of: told) == nil {
      throw ExportError.unknownStage(name: told, run: results.run, stages: results.stages)
    }
    let known = Set(
      results.results.filter { told == nil || $0.stage == told }.compactMap(\.event))
    if let missing = events.first(where: { !known.contains($0) }) {
      throw ExportError.unknownEvent(
        missing, stage: told ?? "any stage", events: known.sorted())
    }
    var table = MetricTable()
    for result in results.results where told == nil || result.stage == told {
      guard let event = result.event, events.isEmpty || events.contains(event) else { continue }
      let summary = try results.store.description(of: result.key).summary
      Self.add(summary, named: "", stage: result.stage, event: event, to: &table)
    }
    return table
  }

  /// Adds the numbers of a summary; what an object holds is named `object.number`.
  private static func add(
    _ value: JSONValue, named name: String, stage: String, event: Int, to table: inout MetricTable
  ) {
    for member in value.members ?? [] where !(name.isEmpty && member.name == "event") {
      let full = name.isEmpty ? member.name : "\(name).\(member.name)"
      if let number = member.value.doubleValue {
        table.rows.append(
          MetricTable.Row(
            stage: stage, event: event, metric: full, value: number,
            unit: units[member.name] ?? ""))
      } else if member.value["binEdges"] != nil {
        addBins(member.value, named: full, stage: stage, event: event, to: &table)
      } else {
        add(member.value, named: full, stage: stage, event: event, to: &table)
      }
    }
  }

  private static func addBins(
    _ value: JSONValue, named name: String, stage: String, event: Int, to table: inout MetricTable
  ) {
    let edges = value.numbers("binEdges")
    for counts in value.members ?? [] where counts.name != "binEdges" {
      let values = (counts.value.arrayValue ?? []).compactMap(\.intValue)
      guard values.count == edges.count - 1 else { continue }
      for (bin, value) in values.enumerated() {
        table.bins.append(
          MetricTable.Bin(
            stage: stage, event: event, variable: name, low: edges[bin], high: edges[bin + 1],
            count: counts.name, value: value))
      }
    }
  }

  /// What is counted, by the last part of a metric's name.
  private static let units = [
    "hits": "hits", "hitsOnTracks": "hits", "hitsLeft": "hits", "nodes": "hits",
    "edges": "edges", "trueEdges": "edges", "tracks": "tracks", "matchedTracks": "tracks",
    "candidates": "doublets", "doublets": "doublets", "triplets": "triplets",
    "particles": "particles", "layers": "layers",
  ]
}

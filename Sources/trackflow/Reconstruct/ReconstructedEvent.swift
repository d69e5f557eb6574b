import Foundation
import JSONDocument
import Reconstruction

/// What became of one event.
struct ReconstructedEvent {
  /// Weights that are for other collisions than the event's.
  struct Misfit {
    /// Spread along the beam, in mm.
    var found: Double
    var declared: Double
    /// A shipped set that fits.
    var better: String?
  }

  var event: Int
  var hits: Int
  var tracks: Int
  var hitsOnTracks: Int
  var weights: String
  var submission: String
  var steps: [(name: String, seconds: Double)]
  /// nil where the event tells too little.
  var beamSpot: BeamSpotEstimate?
  var misfit: Misfit?
  /// Whether the weights want cells that the event does not have.
  var lacksCells: Bool

  var seconds: Double { steps.reduce(0) { $0 + $1.seconds } }

  /// A line for people.
  var text: String {
    let share = hits == 0 ? 0 : 100 * Double(hitsOnTracks) / Double(hits)
    return String(
      format: "event %d: %d hits, %d tracks, %.1f %% of the hits on tracks, %.2f s (%@)", event,
      hits, tracks, share, seconds, stepText)
  }

  /// A pass's steps are put together.
  private var stepText: String {
    var groups: [(name: String, seconds: Double)] = []
    for step in steps {
      let name = step.name.prefix { $0 != ":" }
      if groups.last?.name == String(name) {
        groups[groups.count - 1].seconds += step.seconds
      } else {
        groups.append((String(name), step.seconds))
      }
    }
    return groups.map { String(format: "%@ %.2f", $0.name, $0.seconds) }.joined(separator: ", ")
  }

  var json: JSONValue {
    [
      "event": .integer(event), "hits": .integer(hits), "tracks": .integer(tracks),
      "hitsOnTracks": .integer(hitsOnTracks), "weights": .string(weights),
      "submission": .string(submission),
      "beamSpotZ": beamSpot.map { .number($0.sigmaZ) } ?? .null, "fits": .bool(misfit == nil),
      "betterWeights": misfit?.better.map { .string($0) } ?? .null,
      "usedCells": .bool(!lacksCells),
      "seconds": .object(
        steps.map { JSONMember(name: $0.name, value: .number($0.seconds)) }
          + [JSONMember(name: "all", value: .number(seconds))]),
    ]
  }
}

/// What a user has to know beside the results.
enum ReconstructionWarnings {
  static func lines(_ events: [ReconstructedEvent]) -> [String] {
    var lines: [String] = []
    let plain = events.filter(\.lacksCells)
    if !plain.isEmpty {
      lines.append(
        "\(names(plain)) \(plain.count == 1 ? "has" : "have") no cells, and the weights"
          + " \(list(plain.map(\.weights))) were trained with them; expect fewer true tracks")
    }
    let misfits = Dictionary(grouping: events.filter { $0.misfit != nil }) {
      "\($0.weights) \($0.misfit?.better ?? "")"
    }
    for (_, own) in misfits.sorted(by: { $0.key < $1.key }) {
      guard let misfit = own[0].misfit else { continue }
      let found = own.compactMap(\.misfit?.found).sorted()[own.count / 2]
      let advice =
        misfit.better.map { "; the set \($0) fits: --weights \($0)" }
        ?? "; no set in this program fits, so train one on such events"
      lines.append(
        String(
          format: "the collisions of %@ are spread over %.1f mm along the beam, and the weights %@"
            + " are for %.1f mm%@", names(own), found, own[0].weights, misfit.declared, advice))
    }
    return lines
  }

  private static func names(_ events: [ReconstructedEvent]) -> String {
    let some = events.prefix(5).map { String($0.event) }.joined(separator: ", ")
    return (events.count == 1 ? "event " : "events ") + some
      + (events.count > 5 ? " and \(events.count - 5) more" : "")
  }

  private static func list(_ names: [String]) -> String {
    Set(names).sorted().joined(separator: ", ")
  }
}

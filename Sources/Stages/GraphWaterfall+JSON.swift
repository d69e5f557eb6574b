import JSONDocument
import TrackScoring

extension GraphWaterfall {
  /// The steps by name, each with `sum` and `secondary`; a step that was not measured is left out.
  var json: JSONValue {
    .object(
      steps.map { name, share in
        let secondary: JSONValue = share.secondary.map { .number($0) } ?? .null
        return JSONMember(name: name, value: ["sum": .number(share.sum), "secondary": secondary])
      })
  }

  /// The steps, outermost first and the score last.
  private var steps: [(name: String, share: ScoreShare)] {
    [("hits", hits), ("selection", selection), ("edges", edges)]
      + (classifier.map { [("classifier", $0)] } ?? []) + [("score", score)]
  }

  /// The steps that `json` wrote, in their order; empty for the waterfall of anything else.
  static func steps(of json: JSONValue) -> [(name: String, share: ScoreShare)] {
    guard json["selection"] != nil else { return [] }
    return (json.members ?? []).compactMap { member in
      guard let sum = member.value["sum"]?.doubleValue else { return nil }
      return (
        member.name, ScoreShare(sum: sum, secondary: member.value["secondary"]?.doubleValue)
      )
    }
  }
}

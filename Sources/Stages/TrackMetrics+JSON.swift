import JSONDocument
import TrackScoring

extension TrackMetrics {
  /// `efficiency`, `fakeRate` and `duplicateRate`, each in bins of `pT`, `eta`, `hits` and `radius`.
  var ratesJSON: JSONValue {
    [
      "efficiency": Self.json(of: foundByBin), "fakeRate": Self.json(of: fakesByBin),
      "duplicateRate": Self.json(of: duplicatesByBin),
    ]
  }

  private static func json(of counts: KinematicCounts) -> JSONValue {
    [
      "pT": json(of: counts.pT), "eta": json(of: counts.eta), "hits": json(of: counts.hits),
      "radius": json(of: counts.radius),
    ]
  }

  private static func json(of counts: BinnedCounts) -> JSONValue {
    [
      "binEdges": .array(counts.edges.map { .number($0) }),
      "found": .array(counts.found.map { .integer($0) }),
      "total": .array(counts.all.map { .integer($0) }), "unknown": .integer(counts.unknown),
    ]
  }
}

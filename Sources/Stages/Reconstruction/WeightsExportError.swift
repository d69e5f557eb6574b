/// Why a workflow's trained stages do not make up a set of weights.
public enum WeightsExportError: Error, CustomStringConvertible {
  case noStage(String, known: [String])
  /// The workflow has the chain at several points of a scan.
  case scanned([String])
  case noResult(String)
  case noChain(String)
  case noBeamSpot

  public var description: String {
    switch self {
    case .noStage(let name, let known):
      "there is no extend-tracks stage \"\(name)\"; "
        + (known.isEmpty
          ? "the workflow has none" : "the workflow has \(known.joined(separator: ", "))")
    case .scanned(let points):
      "the workflow scans its chain, which ends in \(points.joined(separator: ", "));"
        + " name one with --tracks, or fix the parameter with --set"
    case .noResult(let stage):
      "stage \(stage) has no result in the cache; run the workflow first, with the same --set and --cache"
    case .noChain(let reason): "the stages are not a chain that weights can hold: \(reason)"
    case .noBeamSpot:
      "neither the data set nor the workflow says how far the collisions are spread along the beam;"
        + " give it with --beam-z"
    }
  }
}

import Foundation
import JSONDocument

extension EventDisplay {
  /// How finely a page knows a place, in mm: it is off by half of that at most.
  static let grain = 0.01

  /// What the page's script reads: a description as JSON, and the columns that it names as base64.
  ///
  /// | column | what |
  /// |---|---|
  /// | `hits.id`, `.x`, `.y`, `.z`, `.layer` | places in units of `grain` |
  /// | `particles.low`, `.high` | the particle's number, 32 bits each |
  /// | `particles.pT`, `.eta`, `.length`, `.hit` | hits one particle after another |
  /// | `edges.N.from`, `.span`, `.probability` | outer minus inner hit; true edges first; 0 to 255 for 0 to 1 |
  /// | `tracks.N.id`, `.length`, `.hit`, `.score` | hits one track after another |
  /// | `tracks.N.particle`, `.majority`, `.counts`, `.weight` | particle -1 for noise |
  var packed: (description: JSONValue, data: String) {
    var columns = PackedColumns()
    pack(hits, into: &columns)
    if let particles { pack(particles, into: &columns) }
    var edgeSets: [JSONValue] = []
    for (index, edges) in edges.enumerated() {
      edgeSets.append(pack(edges, "edges.\(index)", into: &columns))
    }
    var trackSets: [JSONValue] = []
    for (index, tracks) in tracks.enumerated() {
      trackSets.append(pack(tracks, "tracks.\(index)", into: &columns))
    }
    let description: JSONValue = [
      "event": .integer(event), "grain": .number(Self.grain), "hasTruth": .bool(particles != nil),
      "layers": .array(layers.map(\.json)),
      "edges": .array(edgeSets), "tracks": .array(trackSets),
      "columns": .array(
        columns.columns.map {
          [
            "name": .string($0.name), "form": .string($0.form), "count": .integer($0.count),
            "bytes": .integer($0.bytes),
          ]
        }),
    ]
    return (description, Data(columns.bytes).base64EncodedString())
  }

  /// 0 to 255 for 0 to 1; 0 for what is no number.
  private static func byte(_ probability: Float) -> UInt8 {
    probability > 0 ? UInt8(min(1, probability) * 255) : 0
  }

  private func pack(_ hits: Hits, into columns: inout PackedColumns) {
    columns.add("hits.id", deltas: hits.hitID.lazy.map(Int.init))
    for (name, values) in [("x", hits.x), ("y", hits.y), ("z", hits.z)] {
      columns.add("hits.\(name)", deltas: values.lazy.map(Self.steps))
    }
    columns.add("hits.layer", deltas: hits.layer.lazy.map(Int.init))
  }

  /// A length in units of the grain; one that is no number, or out of all reach, is put at the middle.
  private static func steps(_ length: Double) -> Int {
    abs(length) < 1e7 ? Int((length / grain).rounded()) : 0
  }

  private func pack(_ particles: [Particle], into columns: inout PackedColumns) {
    columns.add("particles.low", deltas: particles.lazy.map { Int($0.particleID & 0xFFFF_FFFF) })
    columns.add("particles.high", deltas: particles.lazy.map { Int($0.particleID >> 32) })
    columns.add("particles.pT", floats: particles.lazy.map { Float($0.pT) })
    columns.add("particles.eta", floats: particles.lazy.map { Float($0.eta) })
    columns.add("particles.length", deltas: particles.lazy.map(\.hits.count))
    columns.add("particles.hit", deltas: particles.lazy.flatMap(\.hits).map(Int.init))
  }

  private func pack(_ edges: Edges, _ name: String, into columns: inout PackedColumns) -> JSONValue
  {
    var order = Array(0..<edges.count)
    var trueCount = 0
    if let isTrue = edges.isTrue {
      order = order.filter { isTrue[$0] } + order.filter { !isTrue[$0] }
      trueCount = isTrue.count { $0 }
    }
    columns.add("\(name).from", deltas: order.lazy.map { Int(edges.from[$0]) })
    columns.add("\(name).span", deltas: order.lazy.map { Int(edges.to[$0]) - Int(edges.from[$0]) })
    if let probability = edges.probability {
      columns.add(
        "\(name).probability",
        bytes: order.lazy.map { Self.byte(probability[$0]) })
    }
    return [
      "stage": .string(edges.stage), "words": .string(edges.words),
      "trueCount": edges.isTrue == nil ? .null : .integer(trueCount),
    ]
  }

  private func pack(_ set: Tracks, _ name: String, into columns: inout PackedColumns) -> JSONValue {
    let tracks = set.tracks
    columns.add("\(name).id", deltas: tracks.lazy.map { Int($0.trackID) })
    columns.add("\(name).length", deltas: tracks.lazy.map(\.hits.count))
    columns.add("\(name).hit", deltas: tracks.lazy.flatMap(\.hits).map(Int.init))
    let scores = tracks.compactMap(\.score)
    if scores.count == tracks.count { columns.add("\(name).score", floats: scores) }
    let matches = tracks.compactMap(\.match)
    if matches.count == tracks.count {
      columns.add("\(name).particle", deltas: matches.lazy.map { Int($0.particle ?? -1) })
      columns.add("\(name).majority", deltas: matches.lazy.map(\.majorityHits))
      columns.add("\(name).counts", bytes: matches.lazy.map { $0.counts ? 1 : 0 })
      columns.add("\(name).weight", floats: matches.lazy.map { Float($0.weightShare) })
    }
    return [
      "stage": .string(set.stage), "words": .string(set.words), "isMain": .bool(set.isMain),
    ]
  }
}

extension EventDisplay.Layer {
  fileprivate var json: JSONValue {
    let shape: JSONValue =
      switch outline {
      case .barrel(let radius, let z)?:
        ["r": .number(radius), "z": [.number(z.lowerBound), .number(z.upperBound)]]
      case .disk(let z, let radius)?:
        ["z": .number(z), "r": [.number(radius.lowerBound), .number(radius.upperBound)]]
      case nil: .null
      }
    return ["name": .string(name), "volume": .integer(volume), "outline": shape]
  }
}

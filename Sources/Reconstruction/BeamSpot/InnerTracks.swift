import Foundation

/// Hits in line through the innermost barrel layers, back to the beam.
///
/// From each hit of the first layer to those of the second that a track from the beam with at least
/// 0.5 GeV/c in 2 T can have left; what goes on through the next one or two is a track.
struct InnerTracks {
  /// Hits of a layer by azimuth, with those near the seam repeated at both ends.
  private struct Layer {
    var phi: [Float] = []
    var z: [Float] = []
    var r: [Float] = []
    var meanRadius: Float = 0

    /// Where an azimuth would stand.
    func place(_ value: Float) -> Int {
      var (low, high) = (0, phi.count)
      while low < high {
        let middle = (low + high) / 2
        if phi[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private let layers: [Layer]

  /// Change of azimuth over radius, 1/mm.
  private static let mostTurn: Float = 0.0006
  /// How far along the beam a track may start, in mm.
  private static let mostZ: Float = 300
  /// How far off the line a hit may be: in azimuth, and along the beam in mm.
  private static let width: (phi: Float, z: Float) = (0.003, 0.6)
  /// Azimuth that is repeated at the seam.
  private static let seam: Float = 0.2
  /// Enough for the estimate; more would only take longer.
  private static let mostSeeds = 4000

  init(_ hits: DetectorHits) {
    var members = [[Int]](repeating: [], count: hits.layerCount)
    for hit in 0..<hits.count where hits.value(hit, .barrel) > 0 {
      members[Int(hits.layer[hit])].append(hit)
    }
    let all = members.filter { !$0.isEmpty }.map { Self.layer($0, hits) }
    layers = Array(all.sorted { $0.meanRadius < $1.meanRadius }.prefix(4))
  }

  private static func layer(_ members: [Int], _ hits: DetectorHits) -> Layer {
    var rows: [(phi: Float, hit: Int)] = []
    var radius: Double = 0
    for hit in members {
      let phi = hits.value(hit, .phi)
      rows.append((phi, hit))
      if phi < seam - .pi { rows.append((phi + 2 * .pi, hit)) }
      if phi > .pi - seam { rows.append((phi - 2 * .pi, hit)) }
      radius += Double(hits.value(hit, .r))
    }
    rows.sort { ($0.phi, $0.hit) < ($1.phi, $1.hit) }
    return Layer(
      phi: rows.map(\.phi), z: rows.map { hits.value($0.hit, .z) },
      r: rows.map { hits.value($0.hit, .r) }, meanRadius: Float(radius / Double(members.count)))
  }

  /// Where the tracks start on the beam line, in mm.
  func starts() -> [Float] {
    guard layers.count >= 3 else { return [] }
    let (first, second) = (layers[0], layers[1])
    var starts: [Float] = []
    let step = max(1, first.phi.count / Self.mostSeeds)
    for a in stride(from: 0, to: first.phi.count, by: step) where abs(first.phi[a]) <= .pi {
      let reach = Self.mostTurn * (second.meanRadius - first.meanRadius + 5)
      var b = second.place(first.phi[a] - reach)
      while b < second.phi.count, second.phi[b] <= first.phi[a] + reach {
        defer { b += 1 }
        let way = second.r[b] - first.r[a]
        guard way > 1 else { continue }
        let turn = (second.phi[b] - first.phi[a]) / way
        let slope = (second.z[b] - first.z[a]) / way
        let start = first.z[a] - first.r[a] * slope
        guard abs(start) <= Self.mostZ, abs(turn) <= Self.mostTurn else { continue }
        let goesOn = layers[2...].allSatisfy { layer in
          isHit(layer, from: (first.phi[a], first.z[a], first.r[a]), turn: turn, slope: slope)
        }
        if goesOn { starts.append(start) }
      }
    }
    return starts
  }

  /// Whether a layer has a hit where a line goes through it.
  private func isHit(
    _ layer: Layer, from: (phi: Float, z: Float, r: Float), turn: Float, slope: Float
  ) -> Bool {
    let phi = from.phi + turn * (layer.meanRadius - from.r)
    // Modules are flat, so that radii of a layer differ by some millimetres.
    let reach = Self.width.phi + abs(turn) * 5
    var c = layer.place(phi - reach)
    while c < layer.phi.count, layer.phi[c] <= phi + reach {
      let way = layer.r[c] - from.r
      if abs(layer.phi[c] - from.phi - turn * way) <= Self.width.phi,
        abs(layer.z[c] - from.z - slope * way) <= Self.width.z
      {
        return true
      }
      c += 1
    }
    return false
  }
}

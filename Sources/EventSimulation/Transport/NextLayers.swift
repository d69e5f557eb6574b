/// A layer by its place among the cylinders or the planes.
struct LayerIndex: Sendable, Equatable {
  var isPlane: Bool
  var index: Int
}

/// The layers between which a particle is.
struct NextLayers {
  /// Number of cylinders inside of the particle, and of planes at lower z.
  private var cylinder: Int
  private var plane: Int

  /// - Parameter layer: the particle comes from this layer's surface and flies away from it.
  init(_ map: LayerMap, _ state: FlightState, bornOn layer: LayerIndex?) {
    let radius = state.place.transverse
    cylinder = map.radii.count { $0 < radius }
    plane = map.planePositions.count { $0 < state.place.z }
    guard let layer else { return }
    if layer.isPlane {
      // Two layers share a plane's z.
      let z = map.planePositions[layer.index]
      plane = map.planePositions.count { state.direction.z > 0 ? $0 <= z : $0 < z }
    } else {
      let outward =
        state.place.x * state.direction.x + state.place.y * state.direction.y > 0
      cylinder = outward ? layer.index + 1 : layer.index
    }
  }

  /// An estimate of the way to the next layer, mm.
  @inline(__always)
  func distance(_ map: LayerMap, _ state: FlightState) -> Double {
    let radius = state.place.transverse
    let outward =
      (state.place.x * state.direction.x + state.place.y * state.direction.y) / radius
    var distance = Double.infinity
    if outward > 0, cylinder < map.radii.count {
      distance = (map.radii[cylinder] - radius) / outward
    } else if outward < 0, cylinder > 0 {
      distance = (map.radii[cylinder - 1] - radius) / outward
    }
    let z = state.direction.z
    if z > 0, plane < map.planePositions.count {
      distance = min(distance, (map.planePositions[plane] - state.place.z) / z)
    } else if z < 0, plane > 0 {
      distance = min(distance, (map.planePositions[plane - 1] - state.place.z) / z)
    }
    return max(0, distance)
  }

  /// The first layer that a step meets after a share of it.
  @inline(__always)
  func meeting(
    _ map: LayerMap, _ step: FlightStep, from share: Double
  ) -> (layer: LayerIndex, share: Double)? {
    var result: (layer: LayerIndex, share: Double)?
    let (first, last) = (step.start.place.transverse, step.end.place.transverse)
    if last > first {
      if cylinder < map.radii.count, last > map.radii[cylinder] {
        let t = step.share(atRadius: map.radii[cylinder], first, last)
        result = (LayerIndex(isPlane: false, index: cylinder), max(share, t))
      }
    } else if cylinder > 0, last < map.radii[cylinder - 1] {
      let t = step.share(atRadius: map.radii[cylinder - 1], first, last)
      result = (LayerIndex(isPlane: false, index: cylinder - 1), max(share, t))
    }
    let (low, high) = (step.start.place.z, step.end.place.z)
    var met: Int?
    if high > low {
      if plane < map.planePositions.count, high > map.planePositions[plane] { met = plane }
    } else if plane > 0, high < map.planePositions[plane - 1] {
      met = plane - 1
    }
    if let met {
      let t = max(share, step.share(atZ: map.planePositions[met]))
      if t <= result?.share ?? 2 {
        result = (LayerIndex(isPlane: true, index: met), t)
      }
    }
    return result
  }

  /// Notes that a layer has been met.
  @inline(__always)
  mutating func pass(_ layer: LayerIndex, _ step: FlightStep) {
    if layer.isPlane {
      plane = layer.index == plane ? plane + 1 : plane - 1
    } else {
      cylinder = layer.index == cylinder ? cylinder + 1 : cylinder - 1
    }
  }
}

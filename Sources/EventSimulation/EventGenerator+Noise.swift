import EventData
import Foundation

extension EventGenerator {
  /// Adds hits of no particle, spread evenly over the layers of each volume.
  func addNoise(to crossings: inout [Crossing], _ random: inout RandomSource) {
    let share = configuration.noiseFraction
    let count = Int((Double(crossings.count) * share / (1 - share)).rounded())
    let all = surfaces.barrel + surfaces.forward + surfaces.backward
    var shares: [Double] = []
    for surface in all {
      let volume = volumes[surface.volume]
      shares.append((shares.last ?? 0) + volume.noiseShare / Double(2 * volume.layerCount))
    }
    let total = shares[shares.count - 1]
    var made = 0
    while made < count {
      let drawn = random.uniform() * total
      let surface = all[shares.partitionPoint { $0 > drawn }]
      let phi = random.uniform(-Double.pi, Double.pi)
      let along = random.uniform(surface.bounds[0], surface.bounds[surface.bounds.count - 1])
      let radius = surface.isBarrel ? surface.position : along
      let cosine = random.uniform(0.3, 1)
      guard
        let place = surface.place(
          phi: phi, along: along, radius: radius, overlap: configuration.overlap)
      else { continue }
      crossings.append(
        Crossing(
          volume: surface.volume, layerID: surface.layerID, isBarrel: surface.isBarrel,
          position: surface.position, place: place, particle: -1, x: radius * cos(phi),
          y: radius * sin(phi), z: surface.isBarrel ? along : surface.position, px: 0, py: 0,
          pz: 0, cosine: cosine))
      made += 1
    }
  }
}

extension Array {
  /// The first index whose element fulfils a condition that holds from there on, or the last index.
  fileprivate func partitionPoint(_ condition: (Element) -> Bool) -> Int {
    var (lower, upper) = (0, count - 1)
    while lower < upper {
      let middle = (lower + upper) / 2
      if condition(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}

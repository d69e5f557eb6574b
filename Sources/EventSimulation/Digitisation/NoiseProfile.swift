/// How much noise there is on each layer, and what it looks like.
enum NoiseProfile {
  /// Mean number of noise hits on a layer, read off challenge events; 15 % of an event in all.
  static func meanHits(volume: Int32, layer: Int32) -> Double {
    let index = Int(layer) / 2 - 1
    return switch volume {
    case 8: [181, 387, 601, 1009][index]
    case 13: [838, 1125, 1300, 1976][index]
    case 17: [2671, 3424][index]
    case 7: 110
    case 9: 115
    case 12, 14: 190
    case 16: 95
    default: 105
    }
  }

  /// Mean |slope| along u and v of a noise hit's crossing, from the sizes of noise clusters in the challenge.
  static func meanSlope(volume: Int32) -> (u: Double, v: Double) {
    switch volume {
    case 8: (0.50, 2.2)
    case 7, 9: (0.20, 0.42)
    case 13: (0.43, 1.5)
    case 12, 14: (0.19, 0.5)
    case 17: (0.47, 1.0)
    default: (0.21, 0.5)
    }
  }

  /// Crossings of no particle, spread evenly over every layer.
  ///
  /// Their momentum is the direction of the crossing, as long as its slope makes it.
  ///
  /// - Parameter scale: factor on the number of hits.
  static func crossings(
    modules: [SensorModule], layers: [Range<Int>], scale: Double, _ random: inout RandomSource
  ) -> [SensorCrossing] {
    var crossings: [SensorCrossing] = []
    for rows in layers {
      let first = modules[rows.lowerBound]
      let mean = scale * meanHits(volume: first.volume, layer: first.layer)
      let slope = meanSlope(volume: first.volume)
      for _ in 0..<random.poissonNumber(mean: mean) {
        let row = min(
          rows.upperBound - 1, rows.lowerBound + Int(random.uniform() * Double(rows.count)))
        let module = modules[row]
        let u = random.uniform(-1, 1) * module.maximumHalfU
        let v = random.uniform(-1, 1) * module.halfV
        let along = slope.u * random.exponentialNumber() * (random.uniform() < 0.5 ? -1 : 1)
        let up = slope.v * random.exponentialNumber() * (random.uniform() < 0.5 ? -1 : 1)
        crossings.append(
          SensorCrossing(
            module: row, place: module.centre + u * module.axisU + v * module.axisV,
            momentum: module.axisW + along * module.axisU + up * module.axisV, cosine: 1))
      }
    }
    return crossings
  }
}

/// Cuts the triplets of an event into sectors of the middle hit's azimuth, so that a training makes a
/// step of each.
///
/// Where the sectors begin differs from event to event.
public struct LineGraphSectors: Sendable {
  public let count: Int
  /// Where the first begins, as a share of the circle.
  private let offset: Float

  public init(count: Int, event: Int) {
    self.count = max(count, 1)
    var z = UInt64(bitPattern: Int64(event)) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    offset = Float((z ^ z >> 31) >> 40) * 0x1p-24
  }

  /// The triplets of each sector in their order, [sectors].
  public func cut(
    _ triplets: TripletSet, doublets: DoubletGraph, hits: DetectorHits
  ) -> [TripletSet] {
    guard count > 1 else { return [triplets] }
    var parts = [TripletSet](repeating: TripletSet(), count: count)
    for link in 0..<triplets.count {
      let first = triplets.first[link]
      let sector = sector(ofAzimuth: hits.value(Int(doublets.to[Int(first)]), .phi))
      parts[sector].first.append(first)
      parts[sector].second.append(triplets.second[link])
      parts[sector].score.append(triplets.score[link])
    }
    return parts
  }

  private func sector(ofAzimuth phi: Float) -> Int {
    let turn = phi / (2 * .pi) + offset
    return min(count - 1, Int((turn - turn.rounded(.down)) * Float(count)))
  }
}

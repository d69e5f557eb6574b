/// Two layers that follow each other, with what is near each hit of the inner one.
///
/// The ends that are near a start in azimuth are a run of the outer layer in that order, and runs at
/// its ends where they lie across pi; those near in z are a run in the order of z. As sets of the
/// layer's places (`LayerOrder`) they are intersected in a few words.
///
/// The limits are put to the rounded differences themselves. Rounding keeps order, so that what
/// passes is a run all the same, which only moves on from start to start.
struct LayerPair {
  /// A layer's hits in both orders.
  struct Orders {
    let byPhi: LayerOrder
    let byZ: LayerOrder

    init(phi: ArraySlice<Double>, z: ArraySlice<Double>) {
      byPhi = LayerOrder(of: phi)
      byZ = LayerOrder(of: z)
    }
  }

  private let ends: Orders
  /// Of each start: ends near in azimuth without crossing pi, from the first to the one behind the last.
  private let low: [Int32]
  private let high: [Int32]
  /// The ends before this are near across -pi.
  private let below: [Int32]
  /// The ends from this on are near across pi.
  private let above: [Int32]
  private let lowZ: [Int32]
  private let highZ: [Int32]

  /// - Parameters:
  ///   - maxDeltaPhi: above 0; the limits themselves are not near.
  ///   - maxDeltaZ: above 0.
  init(starts: Orders, ends: Orders, maxDeltaPhi: Double, maxDeltaZ: Double) {
    self.ends = ends
    func places(_ holds: (_ end: Double, _ start: Double) -> Bool) -> [Int32] {
      ends.byPhi.firstPlaces(for: starts.byPhi, where: holds)
    }
    low = places { $0 - $1 >= -.pi && $0 - $1 > -maxDeltaPhi }
    high = places { $0 - $1 > .pi || $0 - $1 >= maxDeltaPhi }
    below = places { $0 - $1 >= -.pi || 2 * .pi - ($1 - $0) >= maxDeltaPhi }
    above = places { $0 - $1 > .pi && 2 * .pi - ($0 - $1) < maxDeltaPhi }
    lowZ = ends.byZ.firstPlaces(for: starts.byZ) { $0 - $1 > -maxDeltaZ }
    highZ = ends.byZ.firstPlaces(for: starts.byZ) { $0 - $1 >= maxDeltaZ }
  }

  /// Makes a set that of the ends that are near a start.
  func findNear(_ start: Int, _ near: inout PlaceSet, scratch: inout PlaceSet) {
    near.removeAll()
    ends.byPhi.toggle(Int(low[start])..<Int(high[start]), in: &near)
    if below[start] > 0 { ends.byPhi.toggle(0..<Int(below[start]), in: &near) }
    if above[start] < ends.byPhi.count {
      ends.byPhi.toggle(Int(above[start])..<ends.byPhi.count, in: &near)
    }
    scratch.removeAll()
    ends.byZ.toggle(Int(lowZ[start])..<Int(highZ[start]), in: &scratch)
    near.formIntersection(scratch)
  }
}

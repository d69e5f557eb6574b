import Foundation

/// The cells of the candidate table that a doublet may fall into: more than one where it is near an edge.
struct PlainCell {
  /// -1 stands for beyond the largest curvature.
  let possible: Set<Int>

  /// The one cell, if there is no doubt.
  var only: Int? { possible.count == 1 ? possible.first : nil }

  init(_ doublet: PlainDoublet, most: Double) {
    // Bins are known to this share of one.
    let doubt = 2e-3
    let curvature = (abs(doublet.curvature) / most).squareRoot() * 24
    let place = (asinh(doublet.z0 / 4) + 6.5) * 48 / 13
    var found: Set<Int> = []
    for c in [curvature - doubt, curvature + doubt] {
      for z in [place - doubt, place + doubt] {
        let bin = Int(max(0, min(c, 1e6)))
        found.insert(bin >= 24 ? -1 : bin * 48 + Int(max(0, min(z, 47))))
      }
    }
    possible = found
  }
}

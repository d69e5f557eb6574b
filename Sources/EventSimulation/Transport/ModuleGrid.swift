import Foundation

/// A layer's modules by azimuth and by z or r, to find those near a point at once.
struct ModuleGrid: Sendable {
  private(set) var along = 0.0...0.0
  private var phiCount = 1
  private var alongCount = 1
  private var alongWidth = 1.0
  /// Modules of bin i are `rows[starts[i]..<starts[i + 1]]`.
  private var starts: [Int32] = [0, 0]
  private var rows: [Int32] = []

  init() {}

  init(_ outlines: [ModuleOutline]) {
    guard let first = outlines.first else { return }
    let low = outlines.map(\.along.lowerBound).min() ?? 0
    let high = outlines.map(\.along.upperBound).max() ?? 0
    along = low...high
    phiCount = max(4, Int(2 * Double.pi / (first.halfPhi * 1.5)))
    let extent = first.along.upperBound - first.along.lowerBound
    alongCount = max(1, Int((high - low) / (extent * 0.7)))
    alongWidth = (high - low) / Double(alongCount)
    var bins = [[Int32]](repeating: [], count: phiCount * alongCount)
    for outline in outlines {
      visit(
        phi: outline.phi, halfPhi: outline.halfPhi, low: outline.along.lowerBound,
        high: outline.along.upperBound
      ) { bins[$0].append(Int32(outline.row)) }
    }
    starts = [0]
    for bin in bins {
      rows += bin
      starts.append(Int32(rows.count))
    }
  }

  /// Calls the body with every bin that a range of azimuth and one of z or r touch.
  @inline(__always)
  private func visit(
    phi: Double, halfPhi: Double, low: Double, high: Double, _ body: (Int) -> Void
  ) {
    let perPhi = Double(phiCount) / (2 * Double.pi)
    let firstPhi = Int(((phi - halfPhi) * perPhi).rounded(.down))
    let lastPhi = min(Int(((phi + halfPhi) * perPhi).rounded(.down)), firstPhi + phiCount - 1)
    let firstAlong = max(0, Int((low - along.lowerBound) / alongWidth))
    let lastAlong = min(alongCount - 1, Int((high - along.lowerBound) / alongWidth))
    guard firstAlong <= lastAlong else { return }
    for index in firstPhi...lastPhi {
      var bin = index % phiCount
      if bin < 0 { bin += phiCount }
      for column in firstAlong...lastAlong { body(bin * alongCount + column) }
    }
  }

  /// Calls the body with the row of every module near a range of azimuth and of z or r, some of them twice.
  @inline(__always)
  func modules(
    phi: Double, halfPhi: Double, low: Double, high: Double, _ body: (Int) -> Void
  ) {
    guard high >= along.lowerBound, low <= along.upperBound else { return }
    visit(phi: phi, halfPhi: halfPhi, low: low, high: high) { bin in
      for place in starts[bin]..<starts[bin + 1] { body(Int(rows[Int(place)])) }
    }
  }
}

/// Turns crossings of a sensor into cells and a measured position.
///
/// The charge that a particle frees on its straight way through the sensor drifts along u to the cells. A pixel's value
/// is the path length above it in mm with some noise; a strip's is 1. The position is the mean of the cells
/// weighted with their values.
public struct SensorReadout: Sendable {
  /// A cell and its signal.
  public struct Cell: Sendable, Equatable {
    public var channel0: Int32
    public var channel1: Int32
    public var value: Double
  }

  /// Cells of the last crossing, by channel 0 and channel 1.
  public private(set) var cells: [Cell] = []

  /// Relative, on a pixel's value; 0.1 in the challenge.
  public var pixelNoise: Double

  public init(pixelNoise: Double = 0.1) { self.pixelNoise = pixelNoise }

  /// The path is read in this many equal parts, each by the one cell above its middle; shorter corners are lost.
  private static let parts = 96.0
  /// Slopes beyond this are cut.
  private static let steepest = 10.0

  /// Tangent of the drift angle and the side of the sensor from which the charge drifts, by volume.
  ///
  /// From the sizes of the challenge's clusters against the crossing angle, and the offset of its hits.
  static func drift(volume: Int32) -> (tangent: Double, side: Double) {
    switch volume {
    case 8: (-0.12, -1)
    case 13: (-0.12, 1)
    case 17: (-0.10, 1)
    default: (0, 0)
    }
  }

  /// Reads a crossing out into `cells`; the measured position in mm.
  public mutating func read(
    _ crossing: SensorCrossing, of module: SensorModule, _ random: inout RandomSource
  ) -> SIMD3<Double> {
    let local = crossing.place - module.centre
    let across = dot(module.axisW, crossing.momentum)
    let depth = abs(across) < 1e-6 ? 1e-6 : across
    func slope(_ axis: SIMD3<Double>) -> Double {
      min(Self.steepest, max(-Self.steepest, dot(axis, crossing.momentum) / depth))
    }
    let (slopeU, slopeV) = (slope(module.axisU), slope(module.axisV))
    let half = module.halfDepth
    let drift = Self.drift(volume: module.volume)
    let perDepth = slopeU + drift.tangent
    let u =
      dot(module.axisU, local) + drift.tangent * drift.side * half - perDepth * half
      + module.maximumHalfU
    let v = dot(module.axisV, local) - slopeV * half + module.halfV
    collect(
      AxisWalk(
        start: u, change: 2 * perDepth * half, pitch: module.pitchU, half: module.maximumHalfU),
      AxisWalk(start: v, change: 2 * slopeV * half, pitch: module.pitchV, half: module.halfV))
    let path = 2 * half * (1 + slopeU * slopeU + slopeV * slopeV).squareRoot()
    let isPixel = module.volume < 10
    var (sum, sumU, sumV) = (0.0, 0.0, 0.0)
    for index in cells.indices {
      let value =
        isPixel
        ? roundedToSixDigits(
          path * cells[index].value / Self.parts * (1 + pixelNoise * random.normal()))
        : 1
      cells[index].value = value
      sum += value
      sumU += value * Double(cells[index].channel0)
      sumV += value * Double(cells[index].channel1)
    }
    let meanU = (sumU / sum + 0.5) * module.pitchU - module.maximumHalfU
    let meanV = (sumV / sum + 0.5) * module.pitchV - module.halfV
    return module.centre + meanU * module.axisU + meanV * module.axisV
  }

  /// The walk of a path through the sensor along one axis, from 0 to 1, in units of the cells.
  private struct AxisWalk {
    let position: Double
    let change: Double
    /// Number of cells less one.
    let last: Int
    var cell: Int
    /// When the path leaves the cell.
    var leaves: Double

    init(start: Double, change: Double, pitch: Double, half: Double) {
      position = start / pitch
      self.change = change / pitch
      last = max(1, Int((2 * half / pitch).rounded())) - 1
      cell = Int(position.rounded(.down))
      leaves = 0
      leaves = end(of: cell)
    }

    private func end(of cell: Int) -> Double {
      if abs(change) < 1e-9 { return 2 }
      return (Double(change > 0 ? cell + 1 : cell) - position) / change
    }

    mutating func advance() {
      cell += change > 0 ? 1 : -1
      leaves = end(of: cell)
    }

    var channel: Int { min(last, max(0, cell)) }
  }

  /// Fills `cells` with the number of parts of the path in each.
  private mutating func collect(_ first: AxisWalk, _ second: AxisWalk) {
    cells.removeAll(keepingCapacity: true)
    var (u, v) = (first, second)
    var done = 0
    while done < Int(Self.parts) {
      let end = min(1, min(u.leaves, v.leaves))
      let reached = Int((end * Self.parts + 0.5).rounded(.down))
      if reached > done {
        add(Int32(u.channel), Int32(v.channel), Double(reached - done))
        done = reached
      }
      if end >= 1 { break }
      if u.leaves <= v.leaves { u.advance() } else { v.advance() }
    }
    if cells.count > 1 {
      cells.sort { ($0.channel0, $0.channel1) < ($1.channel0, $1.channel1) }
    }
  }

  private mutating func add(_ channel0: Int32, _ channel1: Int32, _ parts: Double) {
    if let last = cells.indices.last, cells[last].channel0 == channel0,
      cells[last].channel1 == channel1
    {
      cells[last].value += parts
    } else {
      cells.append(Cell(channel0: channel0, channel1: channel1, value: parts))
    }
  }
}

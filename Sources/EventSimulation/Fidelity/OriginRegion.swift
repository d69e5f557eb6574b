/// Where a displaced particle was born.
///
/// The bounds lie around the challenge detector's layers, where its secondaries come from.
enum OriginRegion: String, CaseIterable, Sendable {
  case insidePipe = "before the pipe, |z| < 505"
  case beamPipe = "beam pipe (r 19), |z| < 505"
  case pixelLayer1 = "pixel barrel layer 1"
  case pixelLayer2 = "pixel barrel layer 2"
  case pixelLayers3And4 = "pixel barrel layers 3, 4"
  case pixelDisks = "pixel disks, |z| > 505"
  case cylinders = "cylinders (r 200, 240)"
  case shortStripBarrel = "short-strip barrel"
  case longStripBarrel = "long-strip barrel"
  case stripDisks = "strip disks"
  case elsewhere = "between the barrel layers"

  /// Particles that start nearer to the beam than this come from the collision, in mm.
  static let minimumRadius = 1.0

  /// - Parameters:
  ///   - radius: distance from the beam, above `minimumRadius`; mm.
  ///   - z: mm.
  init(radius: Double, z: Double) {
    let distance = abs(z)
    switch radius {
    case 195..<205, 235..<245: self = .cylinders
    case ..<185 where distance > 505: self = .pixelDisks
    case ..<18: self = .insidePipe
    case ..<20: self = .beamPipe
    case 28..<38: self = .pixelLayer1
    case 66..<78: self = .pixelLayer2
    case 110..<120, 165..<180: self = .pixelLayers3And4
    case 245... where distance > 1150: self = .stripDisks
    case 250..<280, 350..<370, 485..<520, 645..<680: self = .shortStripBarrel
    case 805..<840, 1000..<1040: self = .longStripBarrel
    default: self = .elsewhere
    }
  }
}

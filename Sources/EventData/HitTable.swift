/// The measured hits of an event, one array a column; row i of every array is the same hit.
public struct HitTable: Sendable, Equatable {
  /// The hit's number, as submissions name it; unique, above 0, not always contiguous.
  public var hitID: [Int32] = []
  /// Measured position in mm.
  public var x: [Double] = []
  public var y: [Double] = []
  public var z: [Double] = []
  public var volumeID: [Int32] = []
  public var layerID: [Int32] = []
  public var moduleID: [Int32] = []

  public init() {}

  public var count: Int { hitID.count }
}

/// Which particle made each hit, and where it really passed.
public struct TruthTable: Sendable, Equatable {
  public var hitID: [Int32] = []
  /// The particle's number; 0 for noise.
  public var particleID: [Int64] = []
  /// True crossing in mm.
  public var tx: [Double] = []
  public var ty: [Double] = []
  public var tz: [Double] = []
  /// True momentum at the crossing in GeV/c.
  public var tpx: [Double] = []
  public var tpy: [Double] = []
  public var tpz: [Double] = []
  /// The hit's share of the TrackML score; a full event's weights add up to 1.
  public var weight: [Double] = []

  public init() {}

  public var count: Int { hitID.count }
}

/// The particles of an event, those without hits included.
public struct ParticleTable: Sendable, Equatable {
  public var particleID: [Int64] = []
  /// PDG number; empty for files without the column (the Kaggle sample has none).
  public var particleType: [Int32] = []
  /// Production vertex in mm.
  public var vx: [Double] = []
  public var vy: [Double] = []
  public var vz: [Double] = []
  /// Initial momentum in GeV/c.
  public var px: [Double] = []
  public var py: [Double] = []
  public var pz: [Double] = []
  /// Charge in units of the positron's.
  public var charge: [Int32] = []
  /// Number of hits that the particle left.
  public var hitCount: [Int32] = []

  public init() {}

  public var count: Int { particleID.count }

  /// A particle that is born farther than this from the beam line is a secondary; in mm.
  public static let secondaryRadius = 1.0

  /// How far from the beam line the particle of a row was born, in mm.
  public func productionRadius(_ row: Int) -> Double {
    (vx[row] * vx[row] + vy[row] * vy[row]).squareRoot()
  }
}

/// The pixels and strips that make up the hits, grouped by hit in the file's order.
public struct CellTable: Sendable, Equatable {
  public var hitID: [Int32] = []
  public var channel0: [Int32] = []
  public var channel1: [Int32] = []
  /// Signal; see the data set's description for its unit.
  public var value: [Double] = []

  public init() {}

  public var count: Int { hitID.count }
}

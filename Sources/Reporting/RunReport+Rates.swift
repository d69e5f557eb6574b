import JSONDocument

extension RunReport {
  /// One rate, such as the efficiency, in bins of several quantities; nil for those without numbers.
  ///
  /// An efficiency is binned by the particle's own truth, rates of tracks by what the track's hits tell.
  public struct BinnedRates: Sendable, Equatable {
    public var pT: BinnedEfficiency?
    public var eta: BinnedEfficiency?
    public var hits: BinnedEfficiency?
    /// By the distance from the beam line at which the particle was born, or of the track's first hit.
    public var radius: BinnedEfficiency?

    public init(
      pT: BinnedEfficiency? = nil, eta: BinnedEfficiency? = nil, hits: BinnedEfficiency? = nil,
      radius: BinnedEfficiency? = nil
    ) {
      self.pT = pT
      self.eta = eta
      self.hits = hits
      self.radius = radius
    }
  }

  /// How many were found of how many, in bins of one quantity: particles, fakes or duplicates.
  public struct BinnedEfficiency: Sendable, Equatable {
    /// The unit of the bin edges; nil for a pure number.
    public var unit: String?
    /// One more than there are bins, ascending.
    public var binEdges: [Double]
    public var found: [Int]
    public var total: [Int]
    /// How many more there are of which the quantity is not known.
    public var unknown: Int

    public init(
      unit: String?, binEdges: [Double], found: [Int], total: [Int], unknown: Int = 0
    ) {
      self.unit = unit
      self.binEdges = binEdges
      self.found = found
      self.total = total
      self.unknown = unknown
    }
  }
}

extension RunReport.BinnedRates {
  var json: JSONValue {
    .object([
      "pT": pT?.json ?? .null, "eta": eta?.json ?? .null, "hits": hits?.json ?? .null,
      "radius": radius?.json ?? .null,
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    pT = try RunReport.BinnedEfficiency(optional: fields.optionalObject("pT"))
    eta = try RunReport.BinnedEfficiency(optional: fields.optionalObject("eta"))
    hits = try RunReport.BinnedEfficiency(optional: fields.optionalObject("hits"))
    radius = try RunReport.BinnedEfficiency(optional: fields.optionalObject("radius"))
  }

  init(optional fields: ReportFields?) throws(ReportError) {
    if let fields { try self.init(fields) } else { self.init() }
  }
}

extension RunReport.BinnedEfficiency {
  var json: JSONValue {
    .object([
      "unit": .optional(unit), "binEdges": .list(binEdges), "found": .list(found),
      "total": .list(total), "unknown": .integer(unknown),
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    unit = try fields.optionalString("unit")
    binEdges = try fields.numbers("binEdges")
    found = try fields.integers("found")
    total = try fields.integers("total")
    unknown = try fields.optionalInteger("unknown") ?? 0
    try fields.checkBins(found.count, "found", binEdges: binEdges)
    try fields.checkBins(total.count, "total", binEdges: binEdges)
  }
}

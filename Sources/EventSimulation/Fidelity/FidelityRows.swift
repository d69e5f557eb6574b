import Foundation

/// Makes a table's rows of two sets' counts.
struct FidelityRows {
  let ours: EventStatistics
  let reference: EventStatistics
  private(set) var rows: [FidelityTable.Row] = []
  private(set) var omissions: [String] = []

  /// Quantiles of fewer values than this say too little to be compared.
  static let fewest = 100
  static let spectrumQuantiles = [0.10, 0.25, 0.50, 0.75, 0.90]
  static let residualQuantiles = [0.25, 0.50, 0.75, 0.95]

  init(ours: EventStatistics, reference: EventStatistics) {
    self.ours = ours
    self.reference = reference
  }

  mutating func addAll() {
    if ours.volumesSeen != reference.volumesSeen {
      let (a, b) = (ours.volumesSeen.sorted(), reference.volumesSeen.sorted())
      omissions.append(
        "ours has hits in volumes \(a), the reference in \(b): figures of particles differ by that")
    }
    addYields()
    addLayers()
    let truth = ours.eventsWithTruth > 0 && reference.eventsWithTruth > 0
    let particles = ours.eventsWithParticles > 0 && reference.eventsWithParticles > 0
    if particles {
      addParticles()
      addField()
    } else {
      omissions.append(
        "all about particles: needs truth and particles, \(lacking(\.eventsWithParticles))")
    }
    if truth {
      addResiduals()
    } else {
      omissions.append("residuals: need truth, \(lacking(\.eventsWithTruth))")
    }
    if ours.eventsWithCells > 0, reference.eventsWithCells > 0 {
      addCells()
    } else {
      omissions.append("cells per hit: \(lacking(\.eventsWithCells))")
    }
    addGraph()
  }

  private func lacking(_ count: (EventStatistics) -> Int) -> String {
    "which \(count(ours) == 0 ? "ours" : "the reference") has not"
  }

  mutating func add(
    _ section: FidelityTable.Section, _ name: String, _ unit: String, _ ours: Double,
    _ reference: Double, _ tolerance: FidelityTolerance, uncertainty: Double = 0
  ) {
    rows.append(
      .init(
        section: section, name: name, unit: unit, ours: ours, reference: reference,
        tolerance: tolerance, uncertainty: uncertainty))
  }

  /// Adds a count per event.
  mutating func add(
    _ section: FidelityTable.Section, _ name: String, _ ours: Tally, _ reference: Tally,
    over events: (EventStatistics) -> Int, _ tolerance: FidelityTolerance
  ) {
    let (a, b) = (events(self.ours), events(self.reference))
    guard a > 0, b > 0 else { return }
    let variance = ours.variance(over: a) + reference.variance(over: b)
    add(
      section, name, "", ours.mean(over: a), reference.mean(over: b), tolerance,
      uncertainty: variance.squareRoot())
  }

  mutating func omit(_ words: String) { omissions.append(words) }

  /// Adds quantiles of two samples; left out with a word where either is too small.
  mutating func addQuantiles(
    _ section: FidelityTable.Section, _ name: String, _ unit: String, _ ours: [Float],
    _ reference: [Float], at shares: [Double], scale: Double = 1, _ tolerance: FidelityTolerance
  ) {
    guard ours.count >= Self.fewest, reference.count >= Self.fewest else {
      omissions.append("\(name): \(ours.count) values beside \(reference.count) are too few")
      return
    }
    let (a, b) = (ours.sorted(), reference.sorted())
    for share in shares {
      add(
        section, shares == [0.5] ? name : "\(name), \(Int((100 * share).rounded())) %", unit,
        scale * quantile(a, share), scale * quantile(b, share), tolerance)
    }
  }
}

/// The value below which a share of sorted values lies, between neighbours linearly.
///
/// - Parameter sorted: increasing, at least one.
func quantile(_ sorted: [Float], _ share: Double) -> Double {
  let place = share * Double(sorted.count - 1)
  let low = Int(place)
  let high = min(low + 1, sorted.count - 1)
  let (a, b) = (Double(sorted[low]), Double(sorted[high]))
  return a + (place - Double(low)) * (b - a)
}

/// The mean without the lowest and the highest tenth, and about its variance: outliers do not count.
func trimmedMean(_ values: [Float]) -> (mean: Double, variance: Double) {
  let cut = values.count / 10
  let kept = values.sorted()[cut..<values.count - cut].map(Double.init)
  let mean = kept.reduce(0, +) / Double(kept.count)
  let squares = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  // The tails that are cut hold about half of a normal sample's variance.
  return (mean, 2 * squares / Double(kept.count * kept.count))
}

func median(_ values: [Float]) -> Double { quantile(values.sorted(), 0.5) }

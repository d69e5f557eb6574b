/// Figures of simulated events beside those of reference events, and whether they agree.
///
///     var ours = EventStatistics()
///     ours.add(event)
///     print(FidelityTable(ours: ours, reference: reference).text)
public struct FidelityTable: Sendable, Equatable {
  /// One figure.
  public struct Row: Sendable, Equatable {
    /// What figures of this kind are about.
    public var section: Section
    public var name: String
    public var unit: String
    public var ours: Double
    public var reference: Double
    public var tolerance: FidelityTolerance
    /// One standard deviation of the difference that so few events show by chance; 0 where it is not known.
    public var uncertainty: Double

    public var agrees: Bool { tolerance.admits(ours, reference) }
    /// Whether the figures agree, or would if they lay two standard deviations nearer.
    public var agreesWithinNoise: Bool {
      agrees
        || tolerance.admits(
          ours > reference
            ? max(ours - 2 * uncertainty, reference) : min(ours + 2 * uncertainty, reference),
          reference)
    }
    /// Distance between the figures in tolerances.
    public var deviation: Double { tolerance.deviation(ours, reference) }
  }

  /// The kinds of figures, in the order of the table.
  public enum Section: String, CaseIterable, Sendable {
    case yields = "per event"
    case layers = "hits per layer and event"
    case spectra = "spectra of particles with hits, quantiles"
    case hitsPerParticle = "hits per particle"
    case displaced = "displaced particles with hits, by origin, per event"
    case withoutHits = "share of primaries (pT > 0.15 GeV) without hits"
    case curvature = "field by which tracks curve"
    case slopeTurn = "turn of the slope between strip disks, by azimuth"
    case hitsPerCrossedLayer = "hits per crossed layer"
    case residuals = "distance of hits from the true crossing, quantiles"
    case cells = "cells per hit"
    case graph = "layer-pair graph of the barrel, |z| < 50 mm, per event"
  }

  public let rows: [Row]
  /// What could not be compared, and why.
  public let omissions: [String]
  /// Numbers of events, ours and the reference's.
  public let events: (ours: Int, reference: Int)

  /// Compares what both sets have.
  public init(ours: EventStatistics, reference: EventStatistics) {
    var builder = FidelityRows(ours: ours, reference: reference)
    builder.addAll()
    rows = builder.rows
    omissions = builder.omissions
    events = (ours.events, reference.events)
  }

  /// How many rows agree.
  public var agreements: Int { rows.count(where: \.agrees) }

  public static func == (a: Self, b: Self) -> Bool {
    a.rows == b.rows && a.omissions == b.omissions && a.events == b.events
  }
}

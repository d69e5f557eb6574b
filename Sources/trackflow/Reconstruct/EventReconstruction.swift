import EventData
import EventSimulation
import Foundation
import Reconstruction

/// Takes events from their files to their submission files.
struct EventReconstruction {
  let choice: WeightsChoice
  let geometry: DetectorGeometry
  /// The data set's; that of the weights where it declares none.
  let field: EventData.MagneticField?
  let folder: String
  /// Whether to take the chain with narrower windows.
  let isFast: Bool
  let threads: Int

  /// - Throws: `EventDataError`, or `WeightsError` where the detector is not that of the weights.
  init(
    choice: WeightsChoice, detectors: String?, field: EventData.MagneticField?, folder: String,
    isFast: Bool = false, threads: Int
  ) throws {
    self.choice = choice
    geometry = DetectorGeometry(
      modules: try detectors.map { try EventReader.detectors(at: $0) } ?? TrackMLDetector.table())
    for weights in choice.candidates { try weights.check(geometry) }
    self.field = field
    self.folder = folder
    self.isFast = isFast
    self.threads = threads
    try Self.prepare(folder)
  }

  /// Makes the folder, so that a place that cannot be written to is known before the work.
  private static func prepare(_ folder: String) throws {
    func unwritable(_ reason: String) -> EventDataError {
      .unwritable(file: folder, reason: reason)
    }
    var isFolder = ObjCBool(false)
    if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
      guard isFolder.boolValue else { throw unwritable("it is a file; a folder was expected") }
    } else {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code
        throw unwritable(code.map { String(cString: strerror(Int32($0))) } ?? "\(error)")
      }
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw unwritable(String(cString: strerror(errno)))
    }
  }

  /// Reconstructs one event and writes its tracks.
  func run(_ input: EventInput) throws -> ReconstructedEvent {
    var clock = StepClock()
    let table = try EventReader.hits(at: input.hits)
    let cells = try input.cells.map { path in
      let cells = try EventReader.cells(at: path)
      try EventChecks.check(cells, in: path, against: table)
      return cells
    }
    clock.took("read")
    // The estimate looks at places alone; the field comes with the weights that it chooses.
    let first = choice.candidates[0]
    var hits = try detectorHits(table, cells, for: first)
    let spot = BeamSpotEstimate(hits)
    let weights = choice.weights(for: spot)
    if weights.name != first.name,
      weights.usesCells != first.usesCells || fieldDiffers(weights, first)
    {
      hits = try detectorHits(table, cells, for: weights)
    }
    clock.took("hits")
    let chain = isFast ? weights.chain.narrowed : weights.chain
    let tracks = try chain.tracks(of: hits, threads: threads) { name, _ in clock.took(name) }
    let submission = SubmissionTable(tracks, hitID: hits.hitID, event: input.event)
    let path = "\(folder)/\(Self.fileName(of: input.event))"
    try EventWriter.write(submission, to: path)
    clock.took("write")
    return ReconstructedEvent(
      event: input.event, hits: hits.count, tracks: tracks.count,
      hitsOnTracks: submission.count, weights: weights.name, submission: path,
      steps: clock.steps, beamSpot: spot,
      misfit: misfit(of: weights, spot), lacksCells: cells == nil && weights.usesCells)
  }

  private func detectorHits(
    _ hits: HitTable, _ cells: CellTable?, for weights: ReconstructionWeights
  ) throws -> DetectorHits {
    try DetectorHits(
      hits: hits, cells: weights.usesCells ? cells : nil, geometry: geometry,
      field: DetectorField(field ?? weights.provenance.field), threads: threads)
  }

  private func fieldDiffers(_ one: ReconstructionWeights, _ other: ReconstructionWeights) -> Bool {
    field == nil && one.provenance.field != other.provenance.field
  }

  private func misfit(
    of weights: ReconstructionWeights, _ spot: BeamSpotEstimate?
  ) -> ReconstructedEvent.Misfit? {
    let declared = weights.provenance.beamSpot.z
    guard let spot, !spot.fits(sigmaZ: declared) else { return nil }
    return ReconstructedEvent.Misfit(
      found: spot.sigmaZ, declared: declared, better: choice.better(than: weights, for: spot))
  }

  /// `event000001000-submission.csv`.
  static func fileName(of event: Int) -> String {
    EventFolder.fileName(of: .hits, event: event)
      .replacing("-\(EventFile.hits.rawValue).csv", with: "-submission.csv")
  }
}

/// How long each step of an event took.
struct StepClock {
  private(set) var steps: [(name: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  mutating func took(_ name: String) {
    let now = ContinuousClock.now
    steps.append((name, (now - last) / .seconds(1)))
    last = now
  }
}

import ArtifactStore
import EventData
import EventSimulation
import JSONDocument
import Workflow

/// Where the tables of an event come from.
enum EventTablesSource {
  /// What a stage made, as an artifact.
  case made(Artifact)
  /// The event's files by what they hold.
  case files([String: String])

  /// What a task was given.
  init(_ task: StageTask) throws {
    let made = task.inputs(of: SimulateEvents().name).first
    self = try made.map { .made(try task.store.load($0.key)) } ?? .files(task.files)
  }
}

/// The tables of an event, those that there are and that are wanted.
struct WholeEvent {
  var hits: HitTable
  var cells: CellTable?
  var truth: TruthTable?
  var particles: ParticleTable?

  init(_ task: StageTask) throws { try self.init(EventTablesSource(task)) }

  /// - Throws: `EventDataError`, `ArtifactError`, `InputRefused`.
  init(_ source: EventTablesSource, wanting: Set<EventFile> = [.cells, .truth, .particles]) throws {
    switch source {
    case .made(let artifact):
      hits = try EventArtifact.hits(of: artifact)
      if wanting.contains(.cells) { cells = try EventArtifact.cells(of: artifact) }
      if wanting.contains(.truth) { truth = try EventArtifact.truth(of: artifact) }
      if wanting.contains(.particles) { particles = try EventArtifact.particles(of: artifact) }
    case .files(let files):
      func path(_ file: EventFile) -> String? {
        wanting.contains(file) ? files[file.rawValue] : nil
      }
      guard let hitsPath = files[EventFile.hits.rawValue] else {
        throw InputRefused("the event has no hits file")
      }
      hits = try EventReader.hits(at: hitsPath)
      cells = try path(.cells).map { try EventReader.cells(at: $0) }
      particles = try path(.particles).map { try EventReader.particles(at: $0) }
      truth = try path(.truth).map { try EventReader.truth(at: $0) }
    }
  }
}

/// The tables of an event that has a truth, of all its hits.
struct EventTables {
  var hits: HitTable
  var truth: TruthTable
  var particles: ParticleTable?

  /// Reads what a task was given.
  ///
  /// - Parameter withParticles: whether to read the particles, where there are any.
  /// - Throws: `EventDataError`, `ArtifactError`, `InputRefused`.
  init(_ task: StageTask, withParticles: Bool) throws {
    let source = try EventTablesSource(task)
    let event = try WholeEvent(source, wanting: withParticles ? [.truth, .particles] : [.truth])
    guard let truth = event.truth else { throw InputRefused("the event has no truth file") }
    if case .files(let files) = source, let hitsPath = files["hits"], let path = files["truth"] {
      try EventChecks.check(truth, in: path, against: event.hits, in: hitsPath)
    }
    (hits, particles) = (event.hits, event.particles)
    self.truth = truth
  }
}

/// An event's tables as an artifact's arrays, and back; a column is an array `table.column`.
enum EventArtifact {
  static func arrays(of event: SimulatedEvent) -> [ArtifactArray] {
    let (hits, truth) = (event.hits, event.truth)
    let (particles, cells) = (event.particles, event.cells)
    return [
      integers("hits.hit_id", hits.hitID), numbers("hits.x", hits.x), numbers("hits.y", hits.y),
      numbers("hits.z", hits.z), integers("hits.volume_id", hits.volumeID),
      integers("hits.layer_id", hits.layerID), integers("hits.module_id", hits.moduleID),
      integers("truth.hit_id", truth.hitID), wide("truth.particle_id", truth.particleID),
      numbers("truth.tx", truth.tx), numbers("truth.ty", truth.ty),
      numbers("truth.tz", truth.tz), numbers("truth.tpx", truth.tpx),
      numbers("truth.tpy", truth.tpy), numbers("truth.tpz", truth.tpz),
      numbers("truth.weight", truth.weight),
      wide("particles.particle_id", particles.particleID),
      integers("particles.particle_type", particles.particleType),
      numbers("particles.vx", particles.vx), numbers("particles.vy", particles.vy),
      numbers("particles.vz", particles.vz), numbers("particles.px", particles.px),
      numbers("particles.py", particles.py), numbers("particles.pz", particles.pz),
      integers("particles.q", particles.charge), integers("particles.nhits", particles.hitCount),
      integers("cells.hit_id", cells.hitID), integers("cells.ch0", cells.channel0),
      integers("cells.ch1", cells.channel1), numbers("cells.value", cells.value),
    ]
  }

  static func hits(of artifact: Artifact) throws -> HitTable {
    var table = HitTable()
    table.hitID = try artifact.int32("hits.hit_id")
    table.x = try artifact.float64("hits.x")
    table.y = try artifact.float64("hits.y")
    table.z = try artifact.float64("hits.z")
    table.volumeID = try artifact.int32("hits.volume_id")
    table.layerID = try artifact.int32("hits.layer_id")
    table.moduleID = try artifact.int32("hits.module_id")
    return table
  }

  static func truth(of artifact: Artifact) throws -> TruthTable {
    var table = TruthTable()
    table.hitID = try artifact.int32("truth.hit_id")
    table.particleID = try artifact.int64("truth.particle_id")
    table.tx = try artifact.float64("truth.tx")
    table.ty = try artifact.float64("truth.ty")
    table.tz = try artifact.float64("truth.tz")
    table.tpx = try artifact.float64("truth.tpx")
    table.tpy = try artifact.float64("truth.tpy")
    table.tpz = try artifact.float64("truth.tpz")
    table.weight = try artifact.float64("truth.weight")
    return table
  }

  static func particles(of artifact: Artifact) throws -> ParticleTable {
    var table = ParticleTable()
    table.particleID = try artifact.int64("particles.particle_id")
    table.particleType = try artifact.int32("particles.particle_type")
    table.vx = try artifact.float64("particles.vx")
    table.vy = try artifact.float64("particles.vy")
    table.vz = try artifact.float64("particles.vz")
    table.px = try artifact.float64("particles.px")
    table.py = try artifact.float64("particles.py")
    table.pz = try artifact.float64("particles.pz")
    table.charge = try artifact.int32("particles.q")
    table.hitCount = try artifact.int32("particles.nhits")
    return table
  }

  static func cells(of artifact: Artifact) throws -> CellTable {
    var table = CellTable()
    table.hitID = try artifact.int32("cells.hit_id")
    table.channel0 = try artifact.int32("cells.ch0")
    table.channel1 = try artifact.int32("cells.ch1")
    table.value = try artifact.float64("cells.value")
    return table
  }

  private static func integers(_ name: String, _ values: [Int32]) -> ArtifactArray {
    ArtifactArray(name: name, values: .int32(values))
  }

  private static func wide(_ name: String, _ values: [Int64]) -> ArtifactArray {
    ArtifactArray(name: name, values: .int64(values))
  }

  private static func numbers(_ name: String, _ values: [Double]) -> ArtifactArray {
    ArtifactArray(name: name, values: .float64(values))
  }
}

import EventData

/// What is counted of events to hold two data sets against each other.
///
/// Tables that events lack leave their quantities empty; a `FidelityTable` says which those are.
/// Sets that were filled apart and added give the same figures in whatever order events were made.
public struct EventStatistics: Sendable, Equatable {
  /// The volumes looked at; empty for all.
  public let volumes: Set<Int32>
  let frames: SensorFrames

  /// Events added; with truth; with truth and particles; with cells.
  public internal(set) var events = 0
  public internal(set) var eventsWithTruth = 0
  public internal(set) var eventsWithParticles = 0
  public internal(set) var eventsWithCells = 0

  var hits = Tally()
  /// Hits of no particle.
  var noise = Tally()
  var hitsPerLayer: [LayerNumber: Tally] = [:]
  var cellsPerVolume: [Int32: Int] = [:]
  /// Hits of the events that have cells.
  var hitsWithCellsPerVolume: [Int32: Int] = [:]
  var edges = Tally()
  var trueEdges = Tally()

  var particles = ParticleStatistics()
  var field = FieldStatistics()
  /// Absolute distance between measured and true position by volume, in mm.
  var residuals: [Int32: Residuals] = [:]

  /// Distances along the sensor's two axes, in mm.
  struct Residuals: Sendable, Equatable {
    var u: [Float] = []
    var v: [Float] = []
  }

  /// - Parameters:
  ///   - volumes: the volumes to look at, empty for all: a set that holds the pixels alone is to be compared with
  ///     the pixel hits of another.
  ///   - modules: the sensors, for the directions of residuals.
  public init(volumes: Set<Int32> = [], modules: [SensorModule] = TrackMLDetector.modules) {
    self.volumes = volumes
    frames = SensorFrames(modules)
  }

  /// The volumes in which there were hits.
  public var volumesSeen: Set<Int32> { Set(hitsPerLayer.keys.map(\.volume)) }

  /// Adds what an event holds.
  public mutating func add(_ event: Event) {
    let view = EventView(event, volumes: volumes)
    events += 1
    countHits(view)
    if let cells = event.cells {
      eventsWithCells += 1
      count(cells, view)
    }
    if event.truth != nil {
      eventsWithTruth += 1
      measureResiduals(view)
    }
    if event.truth != nil, event.particles != nil {
      eventsWithParticles += 1
      particles.add(view)
      field.add(view)
    }
    let graph = LayerPairCount(view)
    edges.add(graph.edges)
    trueEdges.add(graph.trueEdges)
  }

  /// Adds what was counted elsewhere over the same volumes.
  public mutating func add(_ other: EventStatistics) {
    events += other.events
    eventsWithTruth += other.eventsWithTruth
    eventsWithParticles += other.eventsWithParticles
    eventsWithCells += other.eventsWithCells
    hits.add(other.hits)
    noise.add(other.noise)
    for (layer, tally) in other.hitsPerLayer { hitsPerLayer[layer, default: Tally()].add(tally) }
    cellsPerVolume.merge(other.cellsPerVolume, uniquingKeysWith: +)
    hitsWithCellsPerVolume.merge(other.hitsWithCellsPerVolume, uniquingKeysWith: +)
    edges.add(other.edges)
    trueEdges.add(other.trueEdges)
    particles.add(other.particles)
    field.add(other.field)
    for (volume, residuals) in other.residuals {
      self.residuals[volume, default: Residuals()].u += residuals.u
      self.residuals[volume, default: Residuals()].v += residuals.v
    }
  }
}

/// A layer by its numbers in the tables.
struct LayerNumber: Hashable, Comparable, Sendable {
  var volume: Int32
  var layer: Int32

  static func < (a: Self, b: Self) -> Bool { (a.volume, a.layer) < (b.volume, b.layer) }
}

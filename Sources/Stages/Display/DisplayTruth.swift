import EventData
import Reporting
import TrackScoring

/// What is true of an event, as a display shows it.
struct DisplayTruth {
  let table: TruthTable
  let particles: [EventDisplay.Particle]
  private let places: [Int64: Int32]

  /// Puts every particle's hits in order along its way, by the distance of their true crossing from where it was
  /// born.
  ///
  /// - Parameter rows: of the event's hits; rows of the truth on others are passed over.
  init(truth: TruthTable, particles: ParticleTable?, rows: HitPlaces) throws {
    table = truth
    var origins: [Int64: SIMD3<Double>] = [:]
    if let particles {
      for row in 0..<particles.count {
        origins[particles.particleID[row]] = SIMD3(
          particles.vx[row], particles.vy[row], particles.vz[row])
      }
    }
    let kinematics = ParticleKinematics(truth: truth, particles: particles)
    var places: [Int64: Int32] = [:]
    var found: [EventDisplay.Particle] = []
    for (index, number) in kinematics.number.enumerated() where number != 0 {
      places[number] = Int32(found.count)
      found.append(
        EventDisplay.Particle(
          particleID: number, pT: kinematics.pT[index], eta: kinematics.eta[index], hits: []))
    }
    var ways = [[(distance: Double, hit: Int32)]](repeating: [], count: found.count)
    for row in 0..<truth.count {
      guard let place = places[truth.particleID[row]], let hit = rows.place(of: truth.hitID[row])
      else { continue }
      let way =
        SIMD3(truth.tx[row], truth.ty[row], truth.tz[row])
        - (origins[truth.particleID[row]] ?? .zero)
      ways[Int(place)].append(((way * way).sum(), hit))
    }
    for place in found.indices {
      found[place].hits = ways[place].sorted { ($0.distance, $0.hit) < ($1.distance, $1.hit) }
        .map(\.hit)
    }
    self.particles = found
    self.places = places
  }

  /// The tracks of a submission beside their particles, by track number.
  func matches(of submission: SubmissionTable) throws -> [Int64: EventDisplay.Match] {
    let matching = try TrackMatching(truth: table, submission: submission)
    var matches: [Int64: EventDisplay.Match] = [:]
    for track in matching.tracks {
      matches[track.trackID] = EventDisplay.Match(
        particle: track.majorityParticle == 0 ? nil : places[track.majorityParticle],
        majorityHits: track.majorityHitCount, counts: track.isMatched,
        weightShare: matching.totalWeight > 0 ? track.majorityWeight / matching.totalWeight : 0)
    }
    return matches
  }
}

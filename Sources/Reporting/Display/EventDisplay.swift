/// One event as a display shows it: hits, truth, edges and tracks, whatever made them.
///
/// Everything names a hit by its place in `hits`. The value knows neither runs nor files, so that tracks from
/// anywhere can be put into it.
public struct EventDisplay: Sendable, Equatable {
  public var event: Int
  public var hits: Hits
  /// The layers that have hits, as hits name them.
  public var layers: [Layer]
  /// The true particles; nil where the truth is not known.
  public var particles: [Particle]?
  public var edges: [Edges]
  public var tracks: [Tracks]

  public init(
    event: Int, hits: Hits, layers: [Layer], particles: [Particle]? = nil, edges: [Edges] = [],
    tracks: [Tracks] = []
  ) {
    self.event = event
    self.hits = hits
    self.layers = layers
    self.particles = particles
    self.edges = edges
    self.tracks = tracks
  }

  /// The measured hits, one array a column.
  public struct Hits: Sendable, Equatable {
    /// As submissions name them, [hits].
    public var hitID: [Int32]
    /// Place in mm, [hits].
    public var x: [Double]
    public var y: [Double]
    public var z: [Double]
    /// Place of the layer in `layers`, [hits].
    public var layer: [Int32]

    public init(hitID: [Int32], x: [Double], y: [Double], z: [Double], layer: [Int32]) {
      self.hitID = hitID
      self.x = x
      self.y = y
      self.z = z
      self.layer = layer
    }

    public var count: Int { hitID.count }
  }

  /// A true particle with hits in the event.
  public struct Particle: Sendable, Equatable {
    public var particleID: Int64
    /// Transverse momentum in GeV/c.
    public var pT: Double
    /// Pseudorapidity.
    public var eta: Double
    /// Its hits along its way from where it was born.
    public var hits: [Int32]

    public init(particleID: Int64, pT: Double, eta: Double, hits: [Int32]) {
      self.particleID = particleID
      self.pT = pT
      self.eta = eta
      self.hits = hits
    }
  }

  /// Pairs of hits that a stage holds for possible pieces of tracks.
  public struct Edges: Sendable, Equatable {
    /// The stage that gives them.
    public var stage: String
    /// What they are, such as "edges of the graph".
    public var words: String
    /// The inner and outer hit of each, [edges].
    public var from: [Int32]
    public var to: [Int32]
    /// Whether each is true, [edges]; nil where the truth is not known.
    public var isTrue: [Bool]?
    /// How likely each is true, 0 to 1, [edges]; nil where nothing has judged them.
    public var probability: [Float]?

    public init(
      stage: String, words: String, from: [Int32], to: [Int32], isTrue: [Bool]? = nil,
      probability: [Float]? = nil
    ) {
      self.stage = stage
      self.words = words
      self.from = from
      self.to = to
      self.isTrue = isTrue
      self.probability = probability
    }

    public var count: Int { from.count }
  }

  /// The tracks of one way of building them.
  public struct Tracks: Sendable, Equatable {
    /// The stage that built them, or whatever else tells them apart.
    public var stage: String
    /// How they were built, such as "greedy".
    public var words: String
    /// Whether they are those that the display opens with.
    public var isMain: Bool
    public var tracks: [Track]

    public init(stage: String, words: String, isMain: Bool = false, tracks: [Track]) {
      self.stage = stage
      self.words = words
      self.isMain = isMain
      self.tracks = tracks
    }
  }

  public struct Track: Sendable, Equatable {
    /// As submissions name it.
    public var trackID: Int64
    /// Its hits in their order along it.
    public var hits: [Int32]
    /// How sure the search was of it; nil where it does not say.
    public var score: Float?
    /// Nil where the truth is not known.
    public var match: Match?

    public init(trackID: Int64, hits: [Int32], score: Float? = nil, match: Match? = nil) {
      self.trackID = trackID
      self.hits = hits
      self.score = score
      self.match = match
    }
  }

  /// A track beside the particle that most of its hits are of.
  public struct Match: Sendable, Equatable {
    /// Place of the majority particle in `particles`; nil where most of its hits are noise.
    public var particle: Int32?
    /// How many of its hits are of that particle.
    public var majorityHits: Int
    /// Whether it counts in the TrackML score: more than half of its hits are of the particle, and more than half
    /// of the particle's hits are on it.
    public var counts: Bool
    /// The share of the event's weight that the majority particle's hits on it have.
    public var weightShare: Double

    public init(particle: Int32?, majorityHits: Int, counts: Bool, weightShare: Double) {
      self.particle = particle
      self.majorityHits = majorityHits
      self.counts = counts
      self.weightShare = weightShare
    }
  }
}

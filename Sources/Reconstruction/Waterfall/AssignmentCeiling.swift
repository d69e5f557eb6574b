/// The score if exactly the true ones of some pairs of hits were joined, and companions were perfect.
///
/// The hits that a particle leaves at one step of its way count as one place, since perfect companions
/// bring them all in. Joined pairs link its places to components; the component with most hits, of
/// equals the one with most weight, counts if it holds more than half of the particle's hits.
///
/// ```swift
/// var ceiling = AssignmentCeiling(truth: truth)
/// for pass in passes { ceiling.join(pass.pairs) }
/// let most = ceiling.score.sum
/// ```
///
/// What is done without pairs, such as the extension of tracks to further layers, can lift a score
/// above the ceiling of the pairs that the tracks began with.
/// - Complexity: O(hits + pairs), but for the joining of components, which is nearly so.
public struct AssignmentCeiling: Sendable {
  private let truth: HitTruth
  /// First place of each particle, [particles + 1].
  private let firstPlace: [Int32]
  /// A place of the same component that is no higher; its own number at the lowest, [places].
  private var parent: [Int32]
  /// [places].
  private let hits: [Int32]
  /// [places].
  private let weight: [Double]
  /// Sum over the whole event, noise included.
  private let totalWeight: Double

  /// Starts with no pair joined.
  public init(truth: HitTruth) {
    self.truth = truth
    var places = [Int32](repeating: 0, count: truth.particleCount)
    for hit in truth.particle.indices where truth.particle[hit] > 0 {
      let particle = Int(truth.particle[hit])
      places[particle] = max(places[particle], truth.step[hit] + 1)
    }
    var firstPlace: [Int32] = [0]
    for count in places { firstPlace.append(firstPlace[firstPlace.count - 1] + count) }
    let placeCount = Int(firstPlace[firstPlace.count - 1])
    var hits = [Int32](repeating: 0, count: placeCount)
    var weight = [Double](repeating: 0, count: placeCount)
    var total = 0.0
    for hit in truth.particle.indices {
      total += Double(truth.weight[hit])
      guard truth.particle[hit] > 0 else { continue }
      let place = Int(firstPlace[Int(truth.particle[hit])] + truth.step[hit])
      hits[place] += 1
      weight[place] += Double(truth.weight[hit])
    }
    self.firstPlace = firstPlace
    self.hits = hits
    self.weight = weight
    totalWeight = total
    parent = Array(0..<Int32(placeCount))
  }

  /// Joins the pairs whose hits are of one particle; others change nothing.
  public mutating func join(_ pairs: JoinedPairs) {
    for pair in pairs.from.indices { join(Int(pairs.from[pair]), Int(pairs.to[pair])) }
  }

  /// Joins two hits if they are of one particle.
  public mutating func join(_ a: Int, _ b: Int) {
    guard truth.isSame(a, b) else { return }
    let (left, right) = (root(of: place(of: a)), root(of: place(of: b)))
    parent[Int(max(left, right))] = min(left, right)
  }

  /// The ceiling as it stands, primaries and secondaries apart.
  public var score: CeilingPair {
    var found = CeilingPair()
    var componentHits = [Int32](repeating: 0, count: parent.count)
    var componentWeight = [Double](repeating: 0, count: parent.count)
    for particle in 0..<truth.particleCount {
      let places = Int(firstPlace[particle])..<Int(firstPlace[particle + 1])
      guard !places.isEmpty else { continue }
      for place in places {
        let root = Int(rootWithoutChange(of: Int32(place)))
        componentHits[root] += hits[place]
        componentWeight[root] += weight[place]
      }
      let largest = places.max {
        (componentHits[$0], componentWeight[$0]) < (componentHits[$1], componentWeight[$1])
      }
      guard let largest, 2 * componentHits[largest] > truth.hitCount[particle] else { continue }
      found.add(componentWeight[largest], isSecondary: truth.isSecondary[particle])
    }
    return found.share(of: totalWeight)
  }

  private func place(of hit: Int) -> Int32 {
    firstPlace[Int(truth.particle[hit])] + truth.step[hit]
  }

  private mutating func root(of place: Int32) -> Int32 {
    var place = place
    while parent[Int(place)] != place {
      parent[Int(place)] = parent[Int(parent[Int(place)])]
      place = parent[Int(place)]
    }
    return place
  }

  private func rootWithoutChange(of place: Int32) -> Int32 {
    var place = place
    while parent[Int(place)] != place { place = parent[Int(place)] }
    return place
  }
}

extension AssignmentCeiling {
  /// The ceiling of the pairs of all passes together.
  public static func score(truth: HitTruth, passes: [JoinedPairs]) -> CeilingPair {
    var ceiling = AssignmentCeiling(truth: truth)
    for pairs in passes { ceiling.join(pairs) }
    return ceiling.score
  }

  /// The score if every hit of a particle were given to it.
  static func scoreOfPerfectHits(truth: HitTruth) -> CeilingPair {
    var ceiling = AssignmentCeiling(truth: truth)
    for particle in 0..<truth.particleCount {
      let places = ceiling.firstPlace[particle]..<ceiling.firstPlace[particle + 1]
      for place in places { ceiling.parent[Int(place)] = places.lowerBound }
    }
    return ceiling.score
  }
}

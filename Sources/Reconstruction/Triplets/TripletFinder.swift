import CNumericKernels
import EdgeClassifier

/// Triplets: pairs of doublets that share a hit, in the order of their first doublet.
public struct TripletSet: Sendable {
  /// Doublets, [triplets].
  public var first: [Int32] = []
  public var second: [Int32] = []
  /// Logit, [triplets].
  public var score: [Float] = []

  public var count: Int { first.count }

  public init(first: [Int32] = [], second: [Int32] = [], score: [Float] = []) {
    self.first = first
    self.second = second
    self.score = score
  }

  /// The triplets of each first doublet are those from its place to the next, [doublets + 1].
  func starts(doublets: Int) -> [Int32] {
    var starts = [Int32](repeating: 0, count: doublets + 1)
    for doublet in first { starts[Int(doublet) + 1] += 1 }
    for doublet in 0..<doublets { starts[doublet + 1] += starts[doublet] }
    return starts
  }
}

/// How sharply a triplet may bend; nil for any.
public struct TripletLimits: Sendable, Equatable {
  /// Of the circle through the three hits, 1/mm.
  public var mostCurvature: Float
  /// Sine of the angle between the doublets in r and z.
  public var mostKink: Float

  public init(mostCurvature: Float, mostKink: Float) {
    self.mostCurvature = mostCurvature
    self.mostKink = mostKink
  }
}

/// The features of a triplet, as `triplet_features` of the kernels computes them.
public enum TripletFeatures {
  public static let count = Int(TFK_TRIPLET_FEATURES)
  /// With those of both doublets.
  public static let richCount = count + 2 * DoubletFeatures.count
  /// Those of clusters among them.
  static let clusters = [count, count + DoubletFeatures.count].map { first in
    first + DoubletFeatures.clusters.lowerBound..<first + DoubletFeatures.clusters.upperBound
  }
}

/// Finds an event's triplets among its doublets.
public struct TripletFinder: Sendable {
  /// Takes 31 features, or 75 with those of both doublets.
  public let network: RowNetwork
  /// Triplets of a lower logit are dropped.
  public var cut: Float
  public var limits: TripletLimits?
  /// As the doublets' filter has it.
  public var turns: Bool
  /// Judges anew what the network kept; nil leaves it at that.
  public var lineGraph: LineGraphNetwork?
  /// Triplets to which the line graph's network gives a lower logit are dropped.
  public var lineGraphCut: Float = -3

  public init(network: RowNetwork, cut: Float, limits: TripletLimits?, turns: Bool) {
    self.network = network
    self.cut = cut
    self.limits = limits
    self.turns = turns
  }

  /// The triplets of an event, and how many pairs of doublets there were.
  public func triplets(
    of graph: DoubletGraph, hits: DetectorHits, kernels: Kernels = .current, threads: Int = 1
  ) -> (triplets: TripletSet, candidates: Int) {
    let isRich = network.inputs > TripletFeatures.count
    let walk = TripletWalk(
      graph: graph, hits: hits, limits: limits, isRich: isRich, turns: turns, kernels: kernels,
      threads: threads)
    let found = walk.pieces.map { _ in FoundTriplets() }
    let workers = (0..<workerCount(of: found.count, threads: threads)).map { _ in
      TripletScratch(network, walk: walk, kernels: kernels)
    }
    let cut = cut
    forEach(found.count, threads: threads) { index, worker in
      let (scratch, own) = (workers[worker], found[index])
      walk.visit(index, room: scratch.room) { tile in
        own.candidates += tile.count
        walk.features(tile, into: scratch.features.base)
        scratch.unknown?.fill(scratch.features.base)
        scratch.inference.logits(
          scratch.features.base, stride: RowInference.tile, count: tile.count,
          into: scratch.logits.base)
        for row in 0..<tile.count where scratch.logits.base[row] >= cut {
          own.first.append(tile.first[row])
          own.second.append(tile.second[row])
          own.score.append(scratch.logits.base[row])
        }
      }
    }
    let kept = TripletSet(
      first: found.flatMap(\.first), second: found.flatMap(\.second),
      score: found.flatMap(\.score))
    return (
      rejudged(kept, graph, hits, kernels, threads), found.reduce(0) { $0 + $1.candidates }
    )
  }

  /// By the line graph's network, where there is one.
  private func rejudged(
    _ triplets: TripletSet, _ graph: DoubletGraph, _ hits: DetectorHits, _ kernels: Kernels,
    _ threads: Int
  ) -> TripletSet {
    guard let lineGraph else { return triplets }
    let score = lineGraph.scores(
      of: triplets, doublets: graph, hits: hits, turns: turns, kernels: kernels, threads: threads)
    let kept = score.indices.filter { score[$0] >= lineGraphCut }
    return TripletSet(
      first: kept.map { triplets.first[$0] }, second: kept.map { triplets.second[$0] },
      score: kept.map { score[$0] })
  }
}

private final class FoundTriplets: @unchecked Sendable {
  var first: [Int32] = []
  var second: [Int32] = []
  var score: [Float] = []
  var candidates = 0
}

/// Room of one thread.
final class TripletScratch: @unchecked Sendable {
  let room: TripletRoom
  let inference: RowInference
  let unknown: UnknownClusters?
  let features: FloatBuffer
  let logits: FloatBuffer

  init(_ network: RowNetwork, walk: TripletWalk, kernels: Kernels) {
    unknown =
      walk.width > TripletFeatures.count
      ? UnknownClusters(walk.hits, network, at: TripletFeatures.clusters) : nil
    room = TripletRoom(walk)
    inference = RowInference(network: network, kernels: kernels)
    features = FloatBuffer(count: network.inputs * RowInference.tile)
    logits = FloatBuffer(count: RowInference.tile)
  }
}

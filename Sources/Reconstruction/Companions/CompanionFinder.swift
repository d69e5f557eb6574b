import EdgeClassifier

/// Adds to tracks the further hits that a particle left on a layer: two modules overlap there.
public struct CompanionFinder: Sendable {
  /// Takes 18 features.
  public let network: RowNetwork
  /// Logit above which a hit is added.
  public var cut: Float

  public init(network: RowNetwork, cut: Float = 0) {
    self.network = network
    self.cut = cut
  }
}

/// The companions' network at work on one event, on one thread.
final class CompanionSearch {
  private let features: CompanionFeatures
  private let inference: RowInference
  private let unknown: UnknownClusters?
  private let cut: Float
  private let tile: FloatBuffer
  private let logits: FloatBuffer
  private var ids: [Int32] = []
  private var found: [(score: Float, hit: Int32)] = []

  init(_ finder: CompanionFinder, hits: DetectorHits, grid: HitGrid, kernels: Kernels) {
    features = CompanionFeatures(hits: hits, grid: grid)
    inference = RowInference(network: finder.network, kernels: kernels)
    unknown = UnknownClusters(hits, finder.network, at: [CompanionFeatures.clusters])
    cut = finder.cut
    tile = FloatBuffer(count: CompanionFeatures.count * RowInference.tile)
    logits = FloatBuffer(count: RowInference.tile)
  }

  /// The companions of some of a track's hits, best first, one a module at most.
  ///
  /// - Parameters:
  ///   - places: of hits in the path.
  ///   - isFree: whether a hit may be taken.
  func companions(of track: Track, at places: Range<Int>, isFree: (Int) -> Bool) -> [Int32] {
    found.removeAll(keepingCapacity: true)
    for place in places {
      let way = TrackDirection(features.hits, track.path, at: place)
      let hit = Int(track.path[place])
      features.candidates(hit, way) { other in
        guard isFree(other),
          features.put(
            hit, other, way, into: tile.base + ids.count, stride: RowInference.tile)
        else { return }
        ids.append(Int32(other))
        if ids.count == RowInference.tile { judge() }
      }
    }
    judge()
    guard !found.isEmpty else { return [] }
    found.sort { ($0.score, $1.hit) > ($1.score, $0.hit) }
    let module = features.hits.module
    var modules = (track.path + track.companions).map { module[Int($0)] }
    var companions: [Int32] = []
    for (_, hit) in found where !modules.contains(module[Int(hit)]) {
      modules.append(module[Int(hit)])
      companions.append(hit)
    }
    return companions
  }

  private func judge() {
    guard !ids.isEmpty else { return }
    unknown?.fill(tile.base)
    inference.logits(
      tile.base, stride: RowInference.tile, count: ids.count, into: logits.base)
    for (row, hit) in ids.enumerated() where logits.base[row] > cut {
      found.append((logits.base[row], hit))
    }
    ids.removeAll(keepingCapacity: true)
  }
}

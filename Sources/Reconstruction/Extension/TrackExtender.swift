import EdgeClassifier

/// Lets tracks grow from both ends, best hit first, and joins two where one's end is the other's next hit.
public struct TrackExtender: Sendable {
  /// Links of layers along which tracks go on.
  public let pairs: LayerPairs
  /// Takes 30 features.
  public let network: RowNetwork
  /// Logit above which a free hit is taken.
  public var cut: Float
  /// Logit above which another track is.
  public var mergeCut: Float
  public var rounds: Int
  public let companions: CompanionFinder

  public init(
    pairs: LayerPairs, network: RowNetwork, cut: Float = -1, mergeCut: Float = 1, rounds: Int = 6,
    companions: CompanionFinder
  ) {
    self.pairs = pairs
    self.network = network
    self.cut = cut
    self.mergeCut = mergeCut
    self.rounds = rounds
    self.companions = companions
  }

  /// The tracks after growing; their order stays, and those that were joined to others are gone.
  public func extended(
    _ tracks: [Track], hits: DetectorHits, kernels: Kernels = .current, threads: Int = 1
  ) -> [Track] {
    let grid = HitGrid(hits)
    var growth = TrackGrowth(tracks, hits: hits.count)
    let features = ExtensionFeatures(hits: hits, grid: grid, pairs: pairs)
    let search = CompanionSearch(companions, hits: hits, grid: grid, kernels: kernels)
    let parts = blocks(of: tracks.count, size: 128)
    let workers = (0..<workerCount(of: parts.count, threads: threads)).map { _ in
      ExtensionScratch(network, hits: hits, kernels: kernels)
    }
    for _ in 0..<rounds {
      let found = parts.map { _ in Proposals() }
      let state = growth
      forEach(parts.count, threads: threads) { part, worker in
        for track in parts[part] {
          for isOutwards in [true, false] where state.isOpen(track, isOutwards) {
            found[part].all.append(
              propose(track, isOutwards, state, features, workers[worker]))
          }
        }
      }
      let proposals = found.flatMap(\.all)
      for proposal in proposals where proposal.hit < 0 {
        growth.close(proposal.track, proposal.isOutwards)
      }
      let good = proposals.filter { $0.hit >= 0 }.sorted { $0.isBetter(than: $1) }
      guard !good.isEmpty else { break }
      growth.apply(good, companions: search)
    }
    return growth.tracks
  }

  /// The best hit to go on with from one end of a track.
  private func propose(
    _ index: Int, _ isOutwards: Bool, _ growth: TrackGrowth, _ features: ExtensionFeatures,
    _ scratch: ExtensionScratch
  ) -> Proposal {
    var best = Proposal(score: -1e9, track: index, isOutwards: isOutwards, hit: -1)
    let track = growth.track(index)
    let stride = RowInference.tile
    let tile = scratch.features.base
    func judge() {
      guard !scratch.hits.isEmpty else { return }
      scratch.unknown?.fill(tile)
      scratch.inference.logits(
        tile, stride: stride, count: scratch.hits.count, into: scratch.logits.base)
      for (row, hit) in scratch.hits.enumerated() {
        let threshold = growth.owner[Int(hit)] >= 0 ? mergeCut : cut
        let above = scratch.logits.base[row] - threshold
        if above > 0, above > best.score { (best.score, best.hit) = (above, hit) }
      }
      scratch.hits.removeAll(keepingCapacity: true)
    }
    features.candidates(
      track.end(isOutwards), isOutwards: isOutwards, length: track.hitCount,
      into: scratch.one.base, stride: 1
    ) { hit in
      guard let length = growth.length(endingAt: hit, isOutwards, besides: index) else { return }
      scratch.one.base[25] = length
      for feature in 0..<ExtensionFeatures.count {
        tile[feature * stride + scratch.hits.count] = scratch.one.base[feature]
      }
      scratch.hits.append(Int32(hit))
      if scratch.hits.count == stride { judge() }
    }
    judge()
    return best
  }
}

/// A hit that a track would go on with.
struct Proposal {
  /// Above the cut that holds for the hit.
  var score: Float
  var track: Int
  var isOutwards: Bool
  var hit: Int32

  func isBetter(than other: Proposal) -> Bool {
    if score != other.score { return score > other.score }
    if track != other.track { return track < other.track }
    return isOutwards && !other.isOutwards
  }
}

private final class Proposals: @unchecked Sendable {
  var all: [Proposal] = []
}

/// Room of one thread.
private final class ExtensionScratch: @unchecked Sendable {
  let inference: RowInference
  let unknown: UnknownClusters?
  let features: FloatBuffer
  let one = FloatBuffer(count: ExtensionFeatures.count)
  let logits: FloatBuffer
  var hits: [Int32] = []

  init(_ network: RowNetwork, hits: DetectorHits, kernels: Kernels) {
    unknown = UnknownClusters(hits, network, at: [ExtensionFeatures.clusters])
    inference = RowInference(network: network, kernels: kernels)
    features = FloatBuffer(count: ExtensionFeatures.count * RowInference.tile)
    logits = FloatBuffer(count: RowInference.tile)
  }
}

extension Track {
  /// The three hits at an end, the outermost last.
  func end(_ isOutwards: Bool) -> (Int, Int, Int) {
    let n = path.count
    return isOutwards
      ? (Int(path[n - 3]), Int(path[n - 2]), Int(path[n - 1]))
      : (Int(path[2]), Int(path[1]), Int(path[0]))
  }
}

import EdgeClassifier

/// Rows for the training of the companions' and the extensions' networks: what stands around the tracks
/// that a search found in a training event.
///
/// Tracks are taken of which more than half of the path is of one particle. A true row counts
/// 0.4 + 0.6 of the hit's weight over the mean weight, a false one 1.
public struct TrackSampler: Sendable {
  /// Mean weight of a particle's hit in the training events.
  public var meanWeight: Float

  public init(meanWeight: Float) { self.meanWeight = meanWeight }

  public func companionRows(of event: TrainingEvent, tracks: [Track]) -> RowTable {
    let hits = event.hits
    let features = CompanionFeatures(hits: hits, grid: HitGrid(hits))
    let growth = TrackGrowth(tracks, hits: hits.count)
    let row = FloatBuffer(count: CompanionFeatures.count)
    var collector = RowCollector(inputs: CompanionFeatures.count)
    for (index, track) in tracks.enumerated() {
      guard track.path.count >= 3, let particle = majority(of: track, event.truth) else { continue }
      for place in track.path.indices {
        let hit = Int(track.path[place])
        guard event.truth.particle[hit] == particle else { continue }
        let way = TrackDirection(hits, track.path, at: place)
        features.candidates(hit, way) { other in
          let owner = Int(growth.owner[other])
          guard owner < 0 || (owner == index && !track.path.contains(Int32(other))),
            features.put(hit, other, way, into: row.base, stride: 1)
          else { return }
          take(row, other, event.truth, particle, &collector)
        }
      }
    }
    return collector.rows
  }

  public func extensionRows(
    of event: TrainingEvent, tracks: [Track], pairs: LayerPairs
  ) -> RowTable {
    let hits = event.hits
    let features = ExtensionFeatures(hits: hits, grid: HitGrid(hits), pairs: pairs)
    let growth = TrackGrowth(tracks, hits: hits.count)
    let row = FloatBuffer(count: ExtensionFeatures.count)
    var collector = RowCollector(inputs: ExtensionFeatures.count)
    for (index, track) in tracks.enumerated() {
      guard track.path.count >= 3, let particle = majority(of: track, event.truth) else { continue }
      for isOutwards in [true, false] {
        let end = track.end(isOutwards)
        guard event.truth.particle[end.2] == particle else { continue }
        features.candidates(
          end, isOutwards: isOutwards, length: track.hitCount, into: row.base, stride: 1
        ) { other in
          guard let length = growth.length(endingAt: other, isOutwards, besides: index) else {
            return
          }
          row.base[25] = length
          take(row, other, event.truth, particle, &collector)
        }
      }
    }
    return collector.rows
  }

  private func take(
    _ row: FloatBuffer, _ hit: Int, _ truth: HitTruth, _ particle: Int32,
    _ collector: inout RowCollector
  ) {
    let isTrue = truth.particle[hit] == particle
    collector.take(
      row.base, stride: 1, isTrue: isTrue,
      weight: isTrue ? 0.4 + 0.6 * truth.weight[hit] / meanWeight : 1)
  }

  /// The particle of more than half of a path's hits.
  private func majority(of track: Track, _ truth: HitTruth) -> Int32? {
    var counts: [Int32: Int] = [:]
    for hit in track.path where truth.particle[Int(hit)] > 0 {
      counts[truth.particle[Int(hit)], default: 0] += 1
    }
    return counts.first { 2 * $0.value > track.path.count }?.key
  }
}

extension TrainingEvent {
  /// Sum of the weights of the particles' hits that are not used, and their number.
  public var particleHitWeight: (sum: Double, count: Int) {
    var (sum, count) = (0.0, 0)
    for hit in 0..<hits.count
    where truth.particle[hit] > 0 && (used.isEmpty || !used[hit]) {
      sum += Double(truth.weight[hit])
      count += 1
    }
    return (sum, count)
  }
}

/// What the companions' network takes.
public enum CompanionTraining {
  public static let inputs = CompanionFeatures.count
}

/// What the extensions' network takes.
public enum ExtensionTraining {
  public static let inputs = ExtensionFeatures.count
}

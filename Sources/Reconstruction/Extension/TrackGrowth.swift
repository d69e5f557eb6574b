/// Tracks while they grow: whose each hit is, which ends may still go on, which tracks are gone.
struct TrackGrowth: Sendable {
  private var all: [Track]
  private var isGone: [Bool]
  /// By track, the outer end first.
  private var isClosed: [Bool]
  /// Track of each hit, -1 for free ones, [hits].
  private(set) var owner: [Int32]
  private var isCompanion: [Bool]

  init(_ tracks: [Track], hits: Int) {
    all = tracks
    isGone = Array(repeating: false, count: tracks.count)
    // A path of fewer than three hits has no direction.
    isClosed = tracks.flatMap { [Bool](repeating: $0.path.count < 3, count: 2) }
    owner = Array(repeating: -1, count: hits)
    isCompanion = Array(repeating: false, count: hits)
    for (index, track) in tracks.enumerated() {
      for hit in track.path { owner[Int(hit)] = Int32(index) }
      for hit in track.companions {
        owner[Int(hit)] = Int32(index)
        isCompanion[Int(hit)] = true
      }
    }
  }

  /// Those that are still there.
  var tracks: [Track] { all.indices.filter { !isGone[$0] }.map { all[$0] } }

  func track(_ index: Int) -> Track { all[index] }

  func isOpen(_ index: Int, _ isOutwards: Bool) -> Bool {
    !isGone[index] && !isClosed[2 * index + (isOutwards ? 0 : 1)]
  }

  mutating func close(_ index: Int, _ isOutwards: Bool) {
    isClosed[2 * index + (isOutwards ? 0 : 1)] = true
  }

  /// How long the track is whose near end a hit is, as a feature: 0 for a free hit; nil where the hit may
  /// not be taken at all.
  func length(endingAt hit: Int, _ isOutwards: Bool, besides index: Int) -> Float? {
    let other = Int(owner[hit])
    guard other >= 0 else { return 0 }
    guard other != index, !isCompanion[hit], !isGone[other],
      isNearEnd(hit, of: other, isOutwards)
    else { return nil }
    return 1 + 0.2 * Float(min(10, all[other].hitCount))
  }

  private func isNearEnd(_ hit: Int, of index: Int, _ isOutwards: Bool) -> Bool {
    let path = all[index].path
    return (isOutwards ? path.first : path.last) == Int32(hit)
  }

  /// Carries out what tracks propose, best first; a track takes part once a round.
  mutating func apply(_ proposals: [Proposal], companions: CompanionSearch) {
    var isTouched = [Bool](repeating: false, count: all.count)
    for proposal in proposals {
      let (index, hit) = (proposal.track, Int(proposal.hit))
      guard !isGone[index], !isTouched[index] else { continue }
      let other = Int(owner[hit])
      if other < 0 {
        isTouched[index] = true
        take(hit, index, proposal.isOutwards, companions)
      } else {
        guard other != index, !isGone[other], !isTouched[other], !isCompanion[hit],
          isNearEnd(hit, of: other, proposal.isOutwards)
        else { continue }
        isTouched[index] = true
        join(other, to: index, proposal.isOutwards)
      }
    }
  }

  private mutating func take(
    _ hit: Int, _ index: Int, _ isOutwards: Bool, _ companions: CompanionSearch
  ) {
    let place = isOutwards ? all[index].path.count : 0
    all[index].path.insert(Int32(hit), at: place)
    owner[hit] = Int32(index)
    let found = companions.companions(of: all[index], at: place..<place + 1) { owner[$0] < 0 }
    for companion in found {
      all[index].companions.append(companion)
      owner[Int(companion)] = Int32(index)
      isCompanion[Int(companion)] = true
    }
  }

  private mutating func join(_ other: Int, to index: Int, _ isOutwards: Bool) {
    let (own, added) = (all[index].path, all[other].path)
    all[index].path = isOutwards ? own + added : added + own
    all[index].companions += all[other].companions
    for hit in added + all[other].companions { owner[Int(hit)] = Int32(index) }
    isGone[other] = true
    isClosed[2 * index] = false
    isClosed[2 * index + 1] = false
  }
}

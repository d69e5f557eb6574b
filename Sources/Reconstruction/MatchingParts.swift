/// Checks that parts which were stored apart belong together, before an index leads outside.
extension TripletSet {
  /// - Throws: `ReconstructionError.mismatch` where the triplets are not of the graph's doublets.
  public func check(_ graph: DoubletGraph) throws(ReconstructionError) {
    guard first.count == second.count, first.count == score.count else {
      throw .mismatch(what: "the columns of the triplets have different lengths")
    }
    var last: Int32 = 0
    let range = 0..<Int32(graph.count)
    for (a, b) in zip(first, second) {
      guard a >= last, range.contains(a), range.contains(b), graph.to[Int(a)] == graph.from[Int(b)]
      else {
        throw .mismatch(
          what: "a triplet joins doublets that the event does not have, or that share no hit")
      }
      last = a
    }
  }
}

extension [Track] {
  /// - Throws: `ReconstructionError.mismatch` where a track has a hit that the event does not have.
  public func check(hits count: Int) throws(ReconstructionError) {
    for track in self {
      for hit in track.path + track.companions where hit < 0 || Int(hit) >= count {
        throw .mismatch(what: "a track has a hit that the event does not have")
      }
    }
  }
}

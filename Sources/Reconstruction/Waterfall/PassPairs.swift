import EdgeClassifier

/// The true pairs of hits that survive each step of one pass of the search.
public struct PassPairs: Sendable {
  /// Every two hits of a particle, the one that is first on its way first.
  private let all: TruePairs
  private let hits: DetectorHits
  private let truth: HitTruth

  /// - Parameter used: hits that earlier passes took, [hits]; empty for none.
  public init(hits: DetectorHits, truth: HitTruth, leavingOut used: [Bool] = []) {
    self.hits = hits
    self.truth = truth
    all = TruePairs(everyTwoHitsOf: truth, leavingOut: used)
  }

  /// Those on layers that are linked.
  public func linked(_ pairs: LayerPairs) -> JoinedPairs {
    let index = pairs.index
    return chosen { index[hits, Int(all.from[$0]), Int(all.to[$0])] != nil }
  }

  /// Those among them that the table allows.
  public func candidates(
    _ pairs: LayerPairs, _ table: CandidateTable, threshold: Float, kernels: Kernels = .current
  ) -> JoinedPairs {
    let index = pairs.index
    let cells = CandidateTable.cells(
      of: all, hits: hits, mostCurvature: table.mostCurvature, kernels: kernels)
    return chosen { place in
      guard cells[place] >= 0,
        let pair = index[hits, Int(all.from[place]), Int(all.to[place])]
      else { return false }
      return table.values[pair * CandidateTable.cells + Int(cells[place])] >= threshold
    }
  }

  /// The doublets of one particle.
  public func kept(_ graph: DoubletGraph) -> JoinedPairs {
    var joined = JoinedPairs()
    for doublet in 0..<graph.count
    where truth.isSame(Int(graph.from[doublet]), Int(graph.to[doublet])) {
      joined.add(graph.from[doublet], graph.to[doublet])
    }
    return joined
  }

  /// The doublets of the triplets of one particle.
  public func kept(_ triplets: TripletSet, of graph: DoubletGraph) -> JoinedPairs {
    var joined = JoinedPairs()
    for (first, second) in zip(triplets.first, triplets.second) {
      let (a, b) = (Int(first), Int(second))
      guard truth.isSame(Int(graph.from[a]), Int(graph.to[a])),
        truth.isSame(Int(graph.to[a]), Int(graph.to[b]))
      else { continue }
      joined.add(graph.from[a], graph.to[a])
      joined.add(graph.from[b], graph.to[b])
    }
    return joined
  }

  private func chosen(_ isIn: (Int) -> Bool) -> JoinedPairs {
    var joined = JoinedPairs()
    for place in 0..<all.count where isIn(place) { joined.add(all.from[place], all.to[place]) }
    return joined
  }
}

extension JoinedPairs {
  fileprivate mutating func add(_ a: Int32, _ b: Int32) {
    from.append(a)
    to.append(b)
  }
}

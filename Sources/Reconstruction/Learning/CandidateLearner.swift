import EdgeClassifier

/// Learns from training events which layers tracks join, and where candidates are worth a look.
///
/// Two visits of every event: first the transitions between layers are counted, then for the commonest
/// pairs the table of true weight per candidate. Sums are kept event by event and added in their order.
public struct CandidateLearner: Sendable {
  /// Layer pairs at most.
  public var pairCount: Int
  /// Largest curvature of the table, 1/mm.
  public var mostCurvature: Float

  public init(pairCount: Int, mostCurvature: Float) {
    self.pairCount = pairCount
    self.mostCurvature = mostCurvature
  }

  /// What one event tells of the transitions between layers: true weight, [layers][layers].
  public func transitions(of event: TrainingEvent) -> [Double] {
    let layers = event.hits.layerCount
    var weight = [Double](repeating: 0, count: layers * layers)
    let pairs = TruePairs(event.truth, leavingOut: event.used)
    for (from, to) in zip(pairs.from, pairs.to) {
      let place = Int(event.hits.layer[Int(from)]) * layers + Int(event.hits.layer[Int(to)])
      weight[place] += Double(event.worth(Int(from), Int(to)))
    }
    return weight
  }

  /// - Parameter transitions: of every training event.
  public func layerPairs(
    _ transitions: [[Double]], layers: Int
  ) throws(ReconstructionError) -> LayerPairs {
    var total = [Double](repeating: 0, count: layers * layers)
    for one in transitions {
      for place in one.indices { total[place] += one[place] }
    }
    return try LayerPairs(transitions: total, layers: layers, count: pairCount)
  }

  /// What one event tells of the table.
  public struct Counts: Sendable {
    /// True weight, [pairs][cells].
    public var weight: [Double]
    /// All pairs of hits, [pairs][cells].
    public var pairs: [Double]

    public mutating func add(_ other: Counts) {
      for place in weight.indices {
        weight[place] += other.weight[place]
        pairs[place] += other.pairs[place]
      }
    }
  }

  /// - Parameter countsAll: whether to count all pairs of hits as well, which takes most of the time.
  public func counts(
    of event: TrainingEvent, pairs: LayerPairs, countsAll: Bool = true, kernels: Kernels = .current,
    threads: Int = 1
  ) -> Counts {
    let cells = CandidateTable.cells
    let table = CandidateTable(
      mostCurvature: mostCurvature,
      values: [Float](repeating: 1, count: pairs.pairs.count * cells))
    let grid = HitGrid(event.hits, leavingOut: event.used)
    let search = CandidateSearch(grid: grid, pairs: pairs, table: table, threshold: 0)
    var counts = Counts(
      weight: [Double](repeating: 0, count: pairs.pairs.count * cells),
      pairs: [Double](repeating: 0, count: pairs.pairs.count * cells))
    counts.pairs.withUnsafeMutableBufferPointer { all in
      guard countsAll, let base = all.baseAddress else { return }
      nonisolated(unsafe) let place = base
      // A pair is one thread's, so that its sums have one order.
      forEach(pairs.pairs.count, threads: threads) { pair in
        let sources = grid.layers[pairs.pairs[pair].from].hits.count
        guard !grid.layers[pairs.pairs[pair].to].isEmpty, sources > 0 else { return }
        search.count(
          pair: pair, sources: 0..<sources, kernels: kernels, into: place + pair * cells)
      }
    }
    let known = TruePairs(event.truth, leavingOut: event.used)
    let index = pairs.index
    let found = CandidateTable.cells(
      of: known, hits: event.hits, mostCurvature: mostCurvature, kernels: kernels)
    for (place, cell) in found.enumerated() where cell >= 0 {
      let (from, to) = (Int(known.from[place]), Int(known.to[place]))
      guard let pair = index[event.hits, from, to] else { continue }
      counts.weight[pair * cells + Int(cell)] += Double(event.worth(from, to))
    }
    return counts
  }

  /// - Parameter share: of the events whose weights were added, that on which all pairs were counted.
  public func table(_ counts: Counts, share: Double = 1) -> CandidateTable {
    CandidateTable(
      mostCurvature: mostCurvature, weight: counts.weight, pairs: counts.pairs.map { $0 / share })
  }
}

/// The number of each pair of layers.
struct LayerPairIndex: Sendable {
  let layers: Int
  /// -1 for none, [layers][layers].
  let numbers: [Int32]

  @inline(__always)
  subscript(hits: DetectorHits, from: Int, to: Int) -> Int? {
    let number = numbers[Int(hits.layer[from]) * layers + Int(hits.layer[to])]
    return number >= 0 ? Int(number) : nil
  }
}

extension LayerPairs {
  var index: LayerPairIndex {
    var numbers = [Int32](repeating: -1, count: layerCount * layerCount)
    for (number, pair) in pairs.enumerated() {
      numbers[pair.from * layerCount + pair.to] = Int32(number)
    }
    return LayerPairIndex(layers: layerCount, numbers: numbers)
  }
}

extension CandidateTable {
  /// The cell of each pair of hits in a layer pair's table; -1 beyond the largest curvature.
  static func cells(
    of pairs: TruePairs, hits: DetectorHits, mostCurvature: Float, kernels: Kernels
  ) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: pairs.count) { cells, count in
      count = pairs.count
      guard count > 0, let base = cells.baseAddress else { return }
      kernels.table.pointee.candidate_cells(
        hits.records.base, pairs.from, pairs.to, Int64(count), mostCurvature, base)
    }
  }
}

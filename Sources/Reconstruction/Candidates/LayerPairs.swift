/// The pairs of layers that tracks go from and to, commonest first, without a way back to where one came from.
public struct LayerPairs: Sendable, Equatable {
  public struct Pair: Sendable, Equatable {
    public var from: Int
    public var to: Int
    /// Share of all true transitions' weight.
    public var share: Float

    public init(from: Int, to: Int, share: Float) {
      self.from = from
      self.to = to
      self.share = share
    }
  }

  public let pairs: [Pair]
  /// Place of each layer in an order in which every pair goes up, [layers].
  public let position: [Int32]

  public var layerCount: Int { position.count }

  public init(pairs: [Pair], position: [Int32]) {
    self.pairs = pairs
    self.position = position
  }

  /// The commonest transitions of true tracks.
  ///
  /// - Parameters:
  ///   - weight: of transitions, [layers][layers].
  ///   - count: how many pairs at most; a pair that would close a circle is left out.
  /// - Throws: `ReconstructionError.nothingToLearn` where no track goes from layer to layer.
  init(transitions weight: [Double], layers: Int, count: Int) throws(ReconstructionError) {
    let total = weight.reduce(0, +)
    guard total > 0 else {
      throw .nothingToLearn(
        what: "the training events hold no particle that goes from one layer to another")
    }
    var onward = [[Int]](repeating: [], count: layers)
    func reaches(_ from: Int, _ to: Int) -> Bool {
      var seen = [Bool](repeating: false, count: layers)
      var open = [from]
      while let layer = open.popLast() {
        if layer == to { return true }
        guard !seen[layer] else { continue }
        seen[layer] = true
        open += onward[layer]
      }
      return false
    }
    var pairs: [Pair] = []
    let order = weight.indices.filter { weight[$0] > 0 }
      .sorted { (-weight[$0], $0) < (-weight[$1], $1) }
    for index in order where pairs.count < count {
      let (from, to) = (index / layers, index % layers)
      guard from != to, !reaches(to, from) else { continue }
      onward[from].append(to)
      pairs.append(Pair(from: from, to: to, share: Float(weight[index] / total)))
    }
    self.pairs = pairs
    var incoming = [Int](repeating: 0, count: layers)
    for pair in pairs { incoming[pair.to] += 1 }
    var position = [Int32](repeating: 0, count: layers)
    var open = (0..<layers).filter { incoming[$0] == 0 }
    var next = 0
    while next < open.count {
      let layer = open[next]
      position[layer] = Int32(next)
      next += 1
      for to in onward[layer].sorted() {
        incoming[to] -= 1
        if incoming[to] == 0 { open.append(to) }
      }
    }
    self.position = position
  }
}

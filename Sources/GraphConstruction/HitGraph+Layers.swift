extension HitGraph {
  /// What a layer is called: `8/2` for layer 2 of volume 8, `3` for the fourth layer of a graph from a file.
  ///
  /// - Parameter layer: as `layer` numbers them.
  public static func layerName(_ layer: Int32) -> String {
    layer / 100 == 1 ? "\(layer % 100)" : "\(layer / 100)/\(layer % 100)"
  }

  /// Layer of the node at which each edge starts, [edges].
  public var startLayer: [Int32] {
    var layers: [Int32] = []
    layers.reserveCapacity(edgeCount)
    for node in 0..<nodeCount {
      layers.append(contentsOf: repeatElement(layer[node], count: edges(from: node).count))
    }
    return layers
  }

  /// Layer of the node at which each edge ends, [edges].
  public var endLayer: [Int32] { end.map { layer[Int($0)] } }
}

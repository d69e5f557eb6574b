extension EventDisplay {
  /// The same event with some of its hits alone, in their order; what names others is left out, or cut to those.
  ///
  /// - Parameter kept: places of hits.
  public func part(of kept: [Int32]) -> EventDisplay {
    var place = [Int32](repeating: -1, count: hits.count)
    for (new, old) in kept.enumerated() { place[Int(old)] = Int32(new) }
    func moved(_ list: [Int32]) -> [Int32] { list.map { place[Int($0)] }.filter { $0 >= 0 } }
    var part = self
    part.hits = Hits(
      hitID: kept.map { hits.hitID[Int($0)] }, x: kept.map { hits.x[Int($0)] },
      y: kept.map { hits.y[Int($0)] }, z: kept.map { hits.z[Int($0)] },
      layer: kept.map { hits.layer[Int($0)] })
    part.particles = particles?.map { particle in
      var particle = particle
      particle.hits = moved(particle.hits)
      return particle
    }
    for index in part.tracks.indices {
      for track in part.tracks[index].tracks.indices {
        part.tracks[index].tracks[track].hits = moved(part.tracks[index].tracks[track].hits)
      }
    }
    part.edges = edges.map { edges in
      let whole = edges.from.indices.filter {
        place[Int(edges.from[$0])] >= 0 && place[Int(edges.to[$0])] >= 0
      }
      return Edges(
        stage: edges.stage, words: edges.words, from: whole.map { place[Int(edges.from[$0])] },
        to: whole.map { place[Int(edges.to[$0])] },
        isTrue: edges.isTrue.map { isTrue in whole.map { isTrue[$0] } },
        probability: edges.probability.map { probability in whole.map { probability[$0] } })
    }
    let used = Set(part.hits.layer).sorted()
    part.layers = used.map { layers[Int($0)] }
    var layerPlace: [Int32: Int32] = [:]
    for (new, old) in used.enumerated() { layerPlace[old] = Int32(new) }
    part.hits.layer = part.hits.layer.map { layerPlace[$0] ?? 0 }
    return part
  }
}

extension FidelityRows {
  mutating func addYields() {
    let (a, b) = (ours, reference)
    add(.yields, "hits", a.hits, b.hits, over: \.events, .yield)
    add(.yields, "noise hits", a.noise, b.noise, over: \.eventsWithTruth, .yield)
    add(
      .yields, "particles", a.particles.all, b.particles.all, over: \.eventsWithParticles, .yield)
    add(
      .yields, "particles with hits", a.particles.withHits, b.particles.withHits,
      over: \.eventsWithParticles, .yield)
  }

  mutating func addLayers() {
    let layers = Set(ours.hitsPerLayer.keys).union(reference.hitsPerLayer.keys)
    for layer in layers.sorted() {
      add(
        .layers, "volume \(layer.volume) layer \(layer.layer)",
        ours.hitsPerLayer[layer] ?? Tally(), reference.hitsPerLayer[layer] ?? Tally(),
        over: \.events, .hitsPerLayer)
    }
  }

  mutating func addResiduals() {
    for volume in Set(ours.residuals.keys).union(reference.residuals.keys).sorted() {
      let a = ours.residuals[volume] ?? .init()
      let b = reference.residuals[volume] ?? .init()
      if !b.u.isEmpty, median(b.u) == 0 {
        omit("residuals in volume \(volume): the reference's truth is its measured position")
        continue
      }
      for (axis, ours, reference) in [("u", a.u, b.u), ("v", a.v, b.v)] {
        addQuantiles(
          .residuals, "volume \(volume) \(axis)", "µm", ours, reference,
          at: Self.residualQuantiles, scale: 1000, .residual)
      }
    }
  }

  mutating func addCells() {
    func mean(_ set: EventStatistics, _ volume: Int32) -> Double {
      Double(set.cellsPerVolume[volume] ?? 0) / Double(set.hitsWithCellsPerVolume[volume] ?? 1)
    }
    let volumes = Set(ours.hitsWithCellsPerVolume.keys)
      .union(reference.hitsWithCellsPerVolume.keys)
    for volume in volumes.sorted() {
      add(
        .cells, "volume \(volume)", "", mean(ours, volume), mean(reference, volume), .cellsPerHit)
    }
  }

  mutating func addGraph() {
    guard ours.edges.sum > 0 || reference.edges.sum > 0 else {
      omit("the layer-pair graph: no hits in its region")
      return
    }
    add(.graph, "edges", ours.edges, reference.edges, over: \.events, .graph)
    add(.graph, "true edges", ours.trueEdges, reference.trueEdges, over: \.eventsWithTruth, .graph)
  }
}

import EventData

extension EventStatistics {
  mutating func countHits(_ view: EventView) {
    hits.add(view.rows.count)
    var counts: [LayerNumber: Int] = [:]
    for row in view.rows {
      let layer = LayerNumber(volume: view.hits.volumeID[row], layer: view.hits.layerID[row])
      counts[layer, default: 0] += 1
    }
    for (layer, count) in counts { hitsPerLayer[layer, default: Tally()].add(count) }
    noise.add(view.particleIDs.count { $0 == 0 })
  }

  mutating func count(_ cells: CellTable, _ view: EventView) {
    var volumeOfHit: [Int32: Int32] = [:]
    volumeOfHit.reserveCapacity(view.rows.count)
    for row in view.rows {
      volumeOfHit[view.hits.hitID[row]] = view.hits.volumeID[row]
      hitsWithCellsPerVolume[view.hits.volumeID[row], default: 0] += 1
    }
    for hit in cells.hitID {
      if let volume = volumeOfHit[hit] { cellsPerVolume[volume, default: 0] += 1 }
    }
  }

  /// Distances of the hits of particles; noise passed nowhere in particular.
  mutating func measureResiduals(_ view: EventView) {
    guard let truth = view.truth else { return }
    for (index, row) in view.rows.enumerated() where view.particleIDs[index] != 0 {
      let (hits, at) = (view.hits, view.truthRows[index])
      let volume = hits.volumeID[row]
      guard
        let frame = frames[
          volume: volume, layer: hits.layerID[row], module: hits.moduleID[row]]
      else { continue }
      let distance = SIMD3(
        hits.x[row] - truth.tx[at], hits.y[row] - truth.ty[at], hits.z[row] - truth.tz[at])
      residuals[volume, default: Residuals()].u.append(Float(abs((distance * frame.u).sum())))
      residuals[volume, default: Residuals()].v.append(Float(abs((distance * frame.v).sum())))
    }
  }
}

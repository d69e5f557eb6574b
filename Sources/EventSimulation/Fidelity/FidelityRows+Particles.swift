extension FidelityRows {
  mutating func addParticles() {
    let (a, b) = (ours.particles, reference.particles)
    addQuantiles(
      .spectra, "pT, primaries", "GeV", a.primaryPT, b.primaryPT, at: Self.spectrumQuantiles,
      .spectrum)
    addQuantiles(
      .spectra, "pT, displaced", "GeV", a.displacedPT, b.displacedPT, at: Self.spectrumQuantiles,
      .spectrum)
    addQuantiles(.spectra, "|eta|", "", a.eta, b.eta, at: Self.spectrumQuantiles, .spectrum)
    add(
      .hitsPerParticle, "overlap of the histograms", "",
      Self.overlap(a.hitCounts, b.hitCounts), 1, .hitsPerParticle)
    for region in OriginRegion.allCases {
      add(
        .displaced, region.rawValue, a.displaced[region] ?? Tally(),
        b.displaced[region] ?? Tally(), over: \.eventsWithParticles, .displaced)
    }
    addWithoutHits(a, b)
    addCrossedLayers(a, b)
  }

  /// The share that two histograms have in common when each is normalised to 1.
  static func overlap(_ a: [Int], _ b: [Int]) -> Double {
    let (sumA, sumB) = (Double(max(a.reduce(0, +), 1)), Double(max(b.reduce(0, +), 1)))
    return zip(a, b).reduce(0) { $0 + min(Double($1.0) / sumA, Double($1.1) / sumB) }
  }

  private mutating func addWithoutHits(_ a: ParticleStatistics, _ b: ParticleStatistics) {
    let bounds = ParticleStatistics.etaBounds
    for bin in a.fastPrimaries.indices {
      let name = "|eta| \(bounds[bin]) to \(bounds[bin + 1])"
      guard min(a.fastPrimaries[bin], b.fastPrimaries[bin]) >= Self.fewest else {
        omit("primaries without hits, \(name): too few primaries")
        continue
      }
      add(
        .withoutHits, name, "", Double(a.fastWithoutHits[bin]) / Double(a.fastPrimaries[bin]),
        Double(b.fastWithoutHits[bin]) / Double(b.fastPrimaries[bin]), .withoutHits)
    }
  }

  private mutating func addCrossedLayers(_ a: ParticleStatistics, _ b: ParticleStatistics) {
    func sum(_ counts: [Int32: Int]) -> Double { Double(counts.values.reduce(0, +)) }
    add(
      .hitsPerCrossedLayer, "all volumes", "",
      sum(a.hitsPerVolume) / max(sum(a.layersPerVolume), 1),
      sum(b.hitsPerVolume) / max(sum(b.layersPerVolume), 1), .hitsPerCrossedLayer)
    for volume in Set(a.hitsPerVolume.keys).union(b.hitsPerVolume.keys).sorted() {
      func mean(_ set: ParticleStatistics) -> Double {
        Double(set.hitsPerVolume[volume] ?? 0) / Double(set.layersPerVolume[volume] ?? 1)
      }
      add(
        .hitsPerCrossedLayer, "volume \(volume)", "", mean(a), mean(b), .hitsPerCrossedLayer)
    }
  }

  mutating func addField() {
    let (a, b) = (ours.field, reference.field)
    guard !b.isStraight else {
      omit("field and slopes: the reference's truth gives every hit the particle's first momentum")
      return
    }
    let bounds = FieldStatistics.zBounds
    for bin in a.curvature.indices {
      let name = "z \(Int(bounds[bin])) to \(Int(bounds[bin + 1])) mm"
      addQuantiles(
        .curvature, name, "T", a.curvature[bin], b.curvature[bin], at: [0.5], .curvature)
    }
    addSlopeTurn(a, b)
  }

  private mutating func addSlopeTurn(_ a: FieldStatistics, _ b: FieldStatistics) {
    let count = FieldStatistics.azimuthBins
    for (side, first) in [("z < 0", 0), ("z > 0", count)] {
      let bins = first..<first + count
      let usable = bins.filter {
        min(a.slopeTurn[$0].count, b.slopeTurn[$0].count) >= Self.fewest
      }
      guard usable.count == count else {
        omit("turn of the slope, \(side): too few tracks through the strip disks")
        continue
      }
      let reference = bins.map { trimmedMean(b.slopeTurn[$0]) }
      let largest = reference.map { abs($0.mean) }.max() ?? 0
      for bin in 0..<count {
        let degrees = 360 / count
        let ours = trimmedMean(a.slopeTurn[first + bin])
        add(
          .slopeTurn, "\(side), \(bin * degrees)° to \((bin + 1) * degrees)°", "mrad GeV",
          ours.mean, reference[bin].mean, .absolute(FidelityTolerance.slopeTurn * largest),
          uncertainty: (ours.variance + reference[bin].variance).squareRoot())
      }
    }
  }
}

import EventData
import EventSimulation
import JSONDocument
import Reconstruction
import Testing

@Suite("Trained weights")
struct ReconstructionWeightsTests {
  @Test("come back from their file as they were: settings, provenance, bytes and tracks")
  func roundTrip() throws {
    let weights = try SampleWeights.weights()
    let bytes = try weights.encoded()
    let read = try ReconstructionWeights(bytes, file: "sample.tfw")
    #expect(try read.encoded() == bytes)
    #expect(read.name == "sample")
    #expect(read.provenance == weights.provenance)
    #expect(read.layers == weights.layers)
    #expect(read.usesCells)
    #expect(read.parameterCount == weights.parameterCount)
    for (one, other) in zip(read.chain.passes, weights.chain.passes) {
      #expect(one.doublets.table == other.doublets.table)
      #expect(one.doublets.pairs == other.doublets.pairs)
      #expect(one.doublets.filter == other.doublets.filter)
      #expect(one.doublets.turns == other.doublets.turns)
      #expect(one.triplets.network == other.triplets.network)
      #expect(one.triplets.limits == other.triplets.limits)
      #expect(one.paths.rounds == other.paths.rounds)
      #expect(one.paths.minimumHits == other.paths.minimumHits)
    }
    let hits = try SampleWeights.hits(particles: 100)
    let tracks = try weights.chain.tracks(of: hits)
    #expect(!tracks.isEmpty)
    #expect(try read.chain.tracks(of: hits) == tracks)
  }

  @Test("keep every candidate of a table that is above the threshold, within 5 % of its value")
  func tables() throws {
    let before = SampleWeights.table(mostCurvature: 0.012)
    let after = try SampleWeights.weights().chain.passes[0].doublets.table
    for (old, new) in zip(before.values, after.values) {
      if old < 2e-8 {
        #expect(new == 0)
      } else {
        #expect(new >= 2e-8 && abs(new / old - 1) < 0.05)
      }
    }
  }

  @Test("are refused where a byte is wrong, whichever it is")
  func damage() throws {
    let bytes = try SampleWeights.weights().encoded()
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
      var damaged = bytes
      damaged[place] ^= 0x55
      #expect(throws: WeightsError.self) { try ReconstructionWeights(damaged, file: "x") }
    }
  }

  @Test("are refused where the file ends too early or goes on too long")
  func length() throws {
    let bytes = try SampleWeights.weights().encoded()
    for count in [0, 5, 8, 11, 12, 20, bytes.count / 2, bytes.count - 1] {
      #expect(throws: WeightsError.self) {
        try ReconstructionWeights(bytes.prefix(count), file: "x")
      }
    }
    #expect(throws: WeightsError.self) { try ReconstructionWeights(bytes + [0], file: "x") }
  }

  @Test("tell other files, later formats and missing files apart")
  func kinds() throws {
    var bytes = try SampleWeights.weights().encoded()
    #expect(throws: WeightsError.notWeights(file: "x")) {
      try ReconstructionWeights(Array("hit_id,x,y".utf8), file: "x")
    }
    bytes[8] = 2
    #expect(throws: WeightsError.newerFormat(file: "x", found: 2, known: 1)) {
      try ReconstructionWeights(bytes, file: "x")
    }
    #expect(
      throws: WeightsError.unreadable(file: "/nowhere/a.tfw", reason: "No such file or directory")
    ) { try ShippedWeights.load("/nowhere/a.tfw") }
    #expect {
      try ShippedWeights.load("trackml-unheard")
    } throws: { error in
      if case WeightsError.unknownSet(name: "trackml-unheard", _, _) = error { true } else { false }
    }
  }

  @Test("are not for a detector with other layers")
  func detectors() throws {
    let weights = try SampleWeights.weights()
    try weights.check(SampleWeights.geometry)
    var modules = TrackMLDetector.table()
    modules.layerID = modules.layerID.map { $0 == 2 ? 3 : $0 }
    let error = #expect(throws: WeightsError.self) {
      try weights.check(DetectorGeometry(modules: modules))
    }
    #expect(error?.description.contains("it lacks layer 7/2") == true)
  }

  @Test("of the program, where there are any, are whole and named as they are listed")
  func shipped() throws {
    for name in ShippedWeights.names {
      let weights = try #require(try ShippedWeights.named(name))
      #expect(weights.name == name)
      try weights.check(SampleWeights.geometry)
    }
  }

  @Test("find nothing, and nothing wrong, in an event without hits or on one layer")
  func poorEvents() throws {
    let chain = try SampleWeights.weights().chain
    #expect(try chain.tracks(of: SampleWeights.hits(HitTable())).isEmpty)
    var configuration = SimulationConfiguration()
    configuration.primaries = 100
    let made = try EventGenerator(configuration: configuration).event(id: 3).hits
    var one = HitTable()
    for hit in 0..<made.count where made.volumeID[hit] == 8 && made.layerID[hit] == 2 {
      one.hitID.append(made.hitID[hit])
      one.x.append(made.x[hit])
      one.y.append(made.y[hit])
      one.z.append(made.z[hit])
      one.volumeID.append(8)
      one.layerID.append(2)
      one.moduleID.append(made.moduleID[hit])
    }
    #expect(one.count > 20)
    #expect(try chain.tracks(of: SampleWeights.hits(one)).isEmpty)
  }
}

import EventData
import EventSimulation
import Foundation
import TestSupport
import Testing

@Suite("Two sets of events are held against each other")
struct FidelityTests {
  static func row(_ name: String, _ table: FidelityTable) throws -> FidelityTable.Row {
    try #require(table.rows.first { $0.name == name })
  }

  static func statistics(_ events: [Event], volumes: Set<Int32> = []) -> EventStatistics {
    var statistics = EventStatistics(volumes: volumes)
    for event in events { statistics.add(event) }
    return statistics
  }

  static let events = (0..<3).map { TrackFixture(seed: $0, particles: 150).event }

  @Test func `a set agrees with itself in every figure`() {
    let statistics = Self.statistics(Self.events)
    let table = FidelityTable(ours: statistics, reference: statistics)
    #expect(table.rows.count > 20)
    #expect(table.agreements == table.rows.count)
    #expect(table.rows.allSatisfy { $0.deviation == 0 && $0.ours == $0.reference })
  }

  @Test func `parts counted apart and added are the whole`() {
    var sum = EventStatistics()
    for event in Self.events { sum.add(Self.statistics([event])) }
    #expect(sum == Self.statistics(Self.events))
  }

  @Test func `counts are means over events`() throws {
    let table = FidelityTable(
      ours: Self.statistics(Self.events), reference: Self.statistics([Self.events[0]]))
    let hits = try Self.row("hits", table)
    let counts = Self.events.map(\.hits.count)
    #expect(hits.ours == Double(counts.reduce(0, +)) / 3)
    #expect(hits.reference == Double(counts[0]))
    let noise = try Self.row("noise hits", table)
    #expect(noise.reference == Double(TrackFixture.noise))
    let cells = try #require(table.rows.first { $0.section == .cells && $0.name == "volume 8" })
    let first = try #require(Self.events[0].cells)
    let inPixels = Self.events[0].hits.volumeID.count { $0 == 8 }
    let pixelCells = first.hitID.count { Self.events[0].hits.volumeID[Int($0) - 1] == 8 }
    #expect(cells.reference == Double(pixelCells) / Double(inPixels))
  }

  @Test func `a layer with a fifth of its hits missing differs, the others agree`() throws {
    let thinned = Self.events.map { event in
      var event = event
      let lost = event.hits.hitID.indices.filter {
        event.hits.volumeID[$0] == 8 && event.hits.layerID[$0] == 4 && $0 % 5 == 0
      }
      // The hits become some of a layer that the fixture does not have.
      for row in lost { event.hits.layerID[row] = 8 }
      return event
    }
    let table = FidelityTable(
      ours: Self.statistics(thinned), reference: Self.statistics(Self.events))
    let layers = table.rows.filter { $0.section == .layers }
    #expect(layers.filter { !$0.agrees }.map(\.name) == ["volume 8 layer 4", "volume 8 layer 8"])
    #expect(try Self.row("hits", table).agrees)
  }

  @Test func `tracks in a field of 1.9 T curve as in 1.9 T`() throws {
    let weak = Self.statistics([TrackFixture(seed: 1, particles: 300, field: 1.9).event])
    let strong = Self.statistics([TrackFixture(seed: 1, particles: 300, field: 2).event])
    let table = FidelityTable(ours: weak, reference: strong)
    let rows = table.rows.filter { $0.section == .curvature }
    #expect(rows.map(\.name) == ["z -500 to 0 mm", "z 0 to 500 mm"])
    for row in rows {
      #expect(abs(row.ours - 1.9) < 0.002)
      #expect(abs(row.reference - 2) < 0.002)
      #expect(!row.agrees)
    }
  }

  @Test func `what a set lacks is left out and named`() {
    let bare = Self.events.map { Event(id: $0.id, hits: $0.hits) }
    let table = FidelityTable(
      ours: Self.statistics(Self.events), reference: Self.statistics(bare))
    #expect(Set(table.rows.map(\.section)) == [.yields, .layers, .graph])
    #expect(table.rows.contains { $0.name == "noise hits" } == false)
    let words = table.omissions.joined(separator: "\n")
    #expect(words.contains("all about particles: needs truth and particles"))
    #expect(words.contains("residuals: need truth, which the reference has not"))
    #expect(words.contains("cells per hit: which the reference has not"))
  }

  @Test func `truth in another order than the hits says the same`() {
    let turned = Self.events.map { event in
      var event = event
      event.truth = event.truth?.reversed
      return event
    }
    #expect(Self.statistics(turned) == Self.statistics(Self.events))
  }

  @Test func `only the volumes asked for are counted`() throws {
    let pixels = Self.statistics(Self.events, volumes: [8])
    #expect(pixels.volumesSeen == [8])
    let table = FidelityTable(ours: Self.statistics(Self.events), reference: pixels)
    #expect(table.omissions[0].contains("ours has hits in volumes [8, 13]"))
    let hits = try Self.row("hits", table)
    #expect(hits.ours > hits.reference)
  }
}

@Suite("The comparison's text")
struct FidelityTextTests {
  private var table: FidelityTable {
    FidelityTable(
      ours: FidelityTests.statistics([FidelityTests.events[0]]),
      reference: FidelityTests.statistics(FidelityTests.events))
  }

  @Test func `every figure has a line, its numbers in columns`() {
    let lines = table.text.split(separator: "\n", omittingEmptySubsequences: false)
    for row in table.rows {
      #expect(lines.contains { $0.hasPrefix("  \(row.name) ") }, "\(row.name)")
    }
    let figures = lines.filter { $0.contains(" of 15 %") }
    #expect(figures.count > 4)
    #expect(
      Set(figures.map { $0.range(of: " of 15 %")?.lowerBound.utf16Offset(in: $0) }).count == 1)
    #expect(table.text.hasSuffix("\(table.agreements) of \(table.rows.count) figures agree\n"))
  }

  @Test func `Markdown has a row for each kind of figure, with six cells`() {
    let lines = table.markdown.split(separator: "\n")
    #expect(lines.count == 2 + Set(table.rows.map(\.section)).count)
    for line in lines {
      #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 7)
    }
  }
}

@Suite("The figures of the reference events")
struct FidelityReferenceTests {
  static func statistics(_ ids: [Int]) throws -> EventStatistics {
    let folder = try EventFolder(path: SharedData.path("data/acts_ttbar"))
    var statistics = EventStatistics()
    for id in ids {
      statistics.add(try folder.read(event: id, files: folder.files(of: id)))
    }
    return statistics
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `one half of the reference events agrees with the other`() throws {
    let table = FidelityTable(
      ours: try Self.statistics([30000, 30001, 30002, 30003]),
      reference: try Self.statistics([30004, 30005, 30006, 30007]))
    #expect(table.rows.count == 208)
    #expect(table.omissions.isEmpty)
    #expect(table.rows.filter { !$0.agreesWithinNoise }.isEmpty, "\(table.text)")
    #expect(table.agreements >= 206)
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `the graph of event 30000 has the size that the notebook's rule gives`() throws {
    let statistics = try Self.statistics([30000])
    let table = FidelityTable(ours: statistics, reference: statistics)
    #expect(try FidelityTests.row("edges", table).ours == 520_346)
    #expect(try FidelityTests.row("true edges", table).ours == 5_402)
  }
}

extension TruthTable {
  /// The same rows from last to first.
  fileprivate var reversed: TruthTable {
    var table = TruthTable()
    table.hitID = hitID.reversed()
    table.particleID = particleID.reversed()
    (table.tx, table.ty, table.tz) = (tx.reversed(), ty.reversed(), tz.reversed())
    (table.tpx, table.tpy, table.tpz) = (tpx.reversed(), tpy.reversed(), tpz.reversed())
    table.weight = weight.reversed()
    return table
  }
}

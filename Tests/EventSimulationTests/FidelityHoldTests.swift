import EventData
import EventSimulation
import TestSupport
import Testing

/// Simulated events held against the reference's, figure by figure, at the tolerances of `FidelityTolerance`.
@Suite("Simulated events beside the reference's")
struct FidelityHoldTests {
  /// Statistics of simulated events, added up in their order.
  static func simulated(beamZ: Double, volumes: Set<Int32> = []) async throws -> EventStatistics {
    var configuration = SimulationConfiguration()
    configuration.beamSpotZ = beamZ
    let generator = try EventGenerator(configuration: configuration)
    let parts = await withTaskGroup(of: (Int, EventStatistics).self) { group in
      for id in 1000..<1040 {
        group.addTask {
          let made = generator.event(id: id)
          var statistics = EventStatistics(volumes: volumes)
          statistics.add(
            Event(
              id: id, hits: made.hits, truth: made.truth, particles: made.particles,
              cells: made.cells))
          return (id, statistics)
        }
      }
      var parts: [Int: EventStatistics] = [:]
      for await (id, part) in group { parts[id] = part }
      return parts
    }
    var sum = EventStatistics(volumes: volumes)
    for id in parts.keys.sorted() { sum.add(parts[id]!) }
    return sum
  }

  static func reference(_ folder: String, volumes: Set<Int32> = []) throws -> EventStatistics {
    let folder = try EventFolder(path: SharedData.path("data/" + folder))
    var statistics = EventStatistics(volumes: volumes)
    for id in folder.events {
      statistics.add(try folder.read(event: id, files: folder.files(of: id)))
    }
    return statistics
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `forty events agree with the eight ACTS events in every figure`() async throws {
    let table = FidelityTable(
      ours: try await Self.simulated(beamZ: 5.8), reference: try Self.reference("acts_ttbar"))
    #expect(table.rows.count == 208)
    #expect(table.omissions.isEmpty)
    for row in table.rows where !row.agrees {
      Issue.record("\(row.section.rawValue), \(row.name): \(row.ours), not \(row.reference)")
    }
  }

  /// The one real event is of another beam spot and larger than the mean, and the ACTS events differ from it in places
  /// by more than the tolerances. What can be asked is that ours differ from it only where those do, or by chance.
  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `forty events agree with the real pixel event wherever the ACTS events do`() async throws {
    let real = try Self.reference("trackml_pixel")
    let volumes = real.volumesSeen
    let ours = FidelityTable(
      ours: try await Self.simulated(beamZ: 53, volumes: volumes), reference: real)
    let acts = FidelityTable(
      ours: try Self.reference("acts_ttbar", volumes: volumes), reference: real)
    var compared = 0
    for row in ours.rows {
      guard let other = acts.rows.first(where: { $0.section == row.section && $0.name == row.name })
      else { continue }
      guard other.agrees else { continue }
      compared += 1
      // Of the 600 primaries that one event has in half a unit of |eta|, chance takes some more or fewer.
      let share = row.section == .withoutHits ? row.reference : 0
      let chance = 2 * (share * (1 - share) / 600).squareRoot()
      #expect(
        row.agreesWithinNoise || abs(row.ours - row.reference) < 0.03 + chance && chance > 0,
        "\(row.section.rawValue), \(row.name): \(row.ours), not \(row.reference)")
    }
    #expect(compared > 25)
  }
}

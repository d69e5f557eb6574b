import EventData
import EventSimulation
import Foundation
import TestSupport
import Testing

@Suite("A folder of simulated events")
struct SimulationFolderTests {
  let temporary: TemporaryFolder
  let configuration: SimulationConfiguration
  let event: SimulatedEvent

  init() throws {
    temporary = try TemporaryFolder()
    var configuration = SimulationConfiguration()
    configuration.primaries = 20
    self.configuration = configuration
    event = try EventGenerator(configuration: configuration).event(id: 12)
  }

  @Test(arguments: ["", ".zst"])
  func `events read back as they were made`(suffix: String) throws {
    try event.write(toFolder: temporary.path, compress: suffix == ".zst")
    let stem = temporary.appending("event000000012")
    #expect(try EventReader.hits(at: "\(stem)-hits.csv\(suffix)") == event.hits)
    #expect(try EventReader.truth(at: "\(stem)-truth.csv\(suffix)") == event.truth)
    #expect(try EventReader.particles(at: "\(stem)-particles.csv\(suffix)") == event.particles)
    #expect(try EventReader.cells(at: "\(stem)-cells.csv\(suffix)") == event.cells)
  }

  @Test func `an event is there when all four of its files are`() throws {
    let path = temporary.appending("made/here")
    let folder = try SimulationFolder(path: path, configuration: configuration)
    #expect(!folder.holds(event: 12))
    try event.write(toFolder: path, compress: true)
    #expect(folder.holds(event: 12))
    #expect(!folder.holds(event: 13))
    try FileManager.default.removeItem(atPath: path + "/event000000012-cells.csv.zst")
    #expect(!folder.holds(event: 12))
  }

  @Test func `the same settings find their folder again, others are refused`() throws {
    _ = try SimulationFolder(path: temporary.path, configuration: configuration)
    try event.write(toFolder: temporary.path, compress: false)
    #expect(
      try SimulationFolder(path: temporary.path, configuration: configuration).holds(event: 12))
    var other = configuration
    other.seed = 5
    #expect(
      throws: SimulationError.otherSettings(
        path: temporary.path, differences: ["seed 1, not 5"])
    ) { try SimulationFolder(path: temporary.path, configuration: other) }
  }

  @Test func `a damaged stamp is refused`() throws {
    let path = try temporary.write("{", to: SimulationFolder.stampName)
    #expect(path.hasSuffix("simulation.json"))
    #expect(
      throws: SimulationError.otherSettings(
        path: temporary.path, differences: ["its simulation.json is damaged"])
    ) { try SimulationFolder(path: temporary.path, configuration: configuration) }
  }

  @Test func `events that came from elsewhere are left alone`() throws {
    _ = try temporary.write("hit_id\n", to: "event000001000-hits.csv.gz")
    #expect(throws: SimulationError.unknownEvents(path: temporary.path)) {
      try SimulationFolder(path: temporary.path, configuration: configuration)
    }
  }

  @Test func `a file in the folder's place is an error that says so`() throws {
    let path = try temporary.write("", to: "file")
    #expect(throws: SimulationError.cannotCreate(path: path, reason: "File exists")) {
      try SimulationFolder(path: path, configuration: configuration)
    }
  }
}

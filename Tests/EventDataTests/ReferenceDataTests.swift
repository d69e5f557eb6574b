import EventData
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct ReferenceDataTests {
  @Test(arguments: [
    ("acts_ttbar", 30000, 113_020, 10_730, 373_688),
    ("trackml_pixel", 21000, 66_114, 12_670, 287_342),
    ("trackml_sample", 1, 5_527, 548, 18_564),
  ])
  func wholeEventsAreReadAndAgree(
    folder: String, id: Int, hits: Int, particles: Int, cells: Int
  ) throws {
    let event = try EventFolder(path: SharedData.path("data/\(folder)"))
      .read(event: id, files: Set(EventFile.tables))
    #expect(event.hits.count == hits)
    #expect(event.truth?.count == hits)
    #expect(event.particles?.count == particles)
    #expect(event.cells?.count == cells)
  }

  @Test func columnsThatSomeFilesHaveAreRead() throws {
    let new = try EventReader.particles(
      at: SharedData.path("data/trackml_sample/event000000001-particles.csv.zst"))
    #expect(new.particleType.first == -211)
    let old = try EventReader.particles(
      at: SharedData.path("data/trackml_sample/event000001000-particles.csv.zst"))
    #expect(old.count == 12_263)
    #expect(old.particleType.isEmpty)
  }

  @Test func detectorModulesAreRead() throws {
    let path = SharedData.path("data/detectors.csv.zst")
    let modules = try EventReader.detectors(at: path)
    #expect(modules.count == 18_728)
    #expect(modules.cx[0] == -65.7965)
    #expect(
      modules.rotation.prefix(9)
        == [0.0784591, -0.996917, 0, -0.996917, -0.0784591, 0, 0, 0, -1])
    #expect(modules.thickness[0] == 0.15)
    #expect(modules.halfLength[0] == 36)
    #expect(modules.pitchV[0] == 0.05625)
    let folder = try TemporaryFolder()
    try EventWriter.write(modules, to: folder.appending("detectors.csv"))
    #expect(try EventReader.detectors(at: folder.appending("detectors.csv")) == modules)
  }
}

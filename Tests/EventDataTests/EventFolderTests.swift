import EventData
import Foundation
import TestSupport
import Testing

struct EventFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func eventsAreFoundByTheirFiles() throws {
    for name in [
      "event000001000-hits.csv", "event000001000-hits.csv.gz", "event000000002-truth.csv.zst",
      "event000000002-truth.csv.gz", "event12-hits.csv", "event000000003-tracks.csv", "notes.txt",
    ] { _ = try folder.write("", to: name) }
    let events = try EventFolder(path: folder.path + "/")
    #expect(events.events == [2, 1000])
    #expect(events.path(of: .hits, event: 1000) == folder.appending("event000001000-hits.csv"))
    #expect(events.path(of: .truth, event: 2) == folder.appending("event000000002-truth.csv.zst"))
    #expect(events.path(of: .hits, event: 2) == nil)
    #expect(events.files(of: 2) == [.truth])
  }

  @Test func foldersWithoutEventsAreRefused() throws {
    #expect(throws: EventDataError.self) { try EventFolder(path: folder.path) }
    #expect(throws: EventDataError.self) { try EventFolder(path: folder.appending("none")) }
    let file = try folder.write("", to: "file")
    #expect(throws: EventDataError.self) { try EventFolder(path: file) }
  }

  @Test func tablesThatContradictEachOtherAreRefused() throws {
    let truth = SmallFiles.truth.replacing("\n4,", with: "\n5,")
    let events = try SmallFiles.event(in: folder, truth: truth)
    let path = folder.appending("event000000007-truth.csv")
    #expect(
      throws: EventDataError.inconsistent(
        file: path, line: 4, column: "hit_id", message: "hit 5 is not among the event's hits")
    ) { try events.read(event: 7, files: [.truth]) }
    // The hits alone are fine.
    #expect(try events.read(event: 7, files: []).truth == nil)

    let shorter = SmallFiles.truth.split(separator: "\n").dropLast().joined(separator: "\n")
    let hitsPath = folder.appending("event000000007-hits.csv")
    #expect(
      throws: EventDataError.inconsistent(
        file: hitsPath, line: 4, column: "hit_id", message: "hit 4 has no row in the truth")
    ) { try SmallFiles.event(in: folder, truth: shorter).read(event: 7, files: [.truth]) }

    let cells = SmallFiles.cells.replacing("\n4,", with: "\n3,")
    #expect(
      throws: EventDataError.inconsistent(
        file: folder.appending("event000000007-cells.csv"), line: 4, column: "hit_id",
        message: "hit 3 is not among the event's hits")
    ) { try SmallFiles.event(in: folder, cells: cells).read(event: 7, files: [.cells]) }
  }

  @Test func truthMayComeInAnotherOrder() throws {
    var lines = SmallFiles.truth.split(separator: "\n").map(String.init)
    lines.swapAt(1, 3)
    let events = try SmallFiles.event(in: folder, truth: lines.joined(separator: "\n"))
    #expect(try events.read(event: 7, files: [.truth]).truth?.hitID == [4, 2, 1])
  }

  @Test func missingFilesAreNamed() throws {
    _ = try folder.write(SmallFiles.hits, to: "event000000007-hits.csv")
    let events = try EventFolder(path: folder.path)
    let error = try #require(throws: EventDataError.self) {
      _ = try events.read(event: 7, files: [.truth])
    }
    #expect(error == .missingFile(folder: folder.path, event: 7, file: .truth))
    #expect(error.description.contains("event000000007-truth.csv"))
    #expect(!error.isAboutContent)
  }

  @Test func selectionsLeaveOutTheirEnds() {
    var hits = HitTable()
    hits.hitID = [1, 2, 3, 4, 5]
    hits.z = [-50, -49.9, 0, 49.9, 50]
    hits.volumeID = [8, 8, 7, 13, 13]
    #expect(HitSelection().rows(in: hits) == [0, 1, 2, 3, 4])
    #expect(HitSelection(volumes: [8, 13]).rows(in: hits) == [0, 1, 3, 4])
    let selection = HitSelection(volumes: [8, 13], zRange: (-50, 50))
    #expect(selection.rows(in: hits) == [1, 3])
    #expect(selection.description == "volumes 8, 13, -50.0 mm < z < 50.0 mm")
    #expect(HitSelection(volumes: [7]).description == "volume 7")
    #expect(HitSelection().description == "all volumes")
  }
}

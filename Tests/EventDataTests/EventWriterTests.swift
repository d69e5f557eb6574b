import EventData
import Foundation
import TestSupport
import Testing

struct EventWriterTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["", ".zst"])
  func tablesReadBackAsTheyWere(suffix: String) throws {
    var random = SeededGenerator(state: 9)
    var hits = HitTable()
    var truth = TruthTable()
    for row in 0..<500 {
      func number() -> Double { strtod(SmallFiles.randomNumber(&random), nil) }
      func finite() -> Double {
        let value = number()
        return value.isFinite ? value : 1
      }
      hits.hitID.append(Int32(row * 3 + 1))
      hits.x.append(finite())
      hits.y.append(finite())
      hits.z.append(finite())
      hits.volumeID.append(Int32(row % 18))
      hits.layerID.append(2)
      hits.moduleID.append(Int32(row))
      truth.hitID.append(Int32(row * 3 + 1))
      truth.particleID.append(Int64(random.next() >> 1))
      truth.tx.append(finite())
      truth.ty.append(finite())
      truth.tz.append(finite())
      truth.tpx.append(finite())
      truth.tpy.append(finite())
      truth.tpz.append(finite())
      truth.weight.append(abs(finite()))
    }
    let hitsPath = folder.appending("event000000001-hits.csv" + suffix)
    let truthPath = folder.appending("event000000001-truth.csv" + suffix)
    try EventWriter.write(hits, to: hitsPath)
    try EventWriter.write(truth, to: truthPath)
    #expect(try EventReader.hits(at: hitsPath) == hits)
    #expect(try EventReader.truth(at: truthPath) == truth)
    let particles = try EventReader.particles(
      at: folder.write(SmallFiles.particles, to: "particles.csv"))
    let cells = try EventReader.cells(at: folder.write(SmallFiles.cells, to: "cells.csv"))
    try EventWriter.write(particles, to: folder.appending("p.csv" + suffix))
    try EventWriter.write(cells, to: folder.appending("c.csv" + suffix))
    #expect(try EventReader.particles(at: folder.appending("p.csv" + suffix)) == particles)
    #expect(try EventReader.cells(at: folder.appending("c.csv" + suffix)) == cells)
  }

  @Test func numbersAreWrittenInTheChallengesForm() throws {
    let cells = try EventReader.cells(at: folder.write(SmallFiles.cells, to: "cells.csv"))
    try EventWriter.write(cells, to: folder.appending("written.csv"))
    let text = try String(contentsOfFile: folder.appending("written.csv"), encoding: .utf8)
    #expect(text == SmallFiles.cells)
  }

  @Test func submissionsKeepTheirEventsOrLackTheColumn() throws {
    var submission = SubmissionTable()
    submission.hitID = [3, 1]
    submission.trackID = [-7, .max]
    let path = folder.appending("submission.csv")
    try EventWriter.write(submission, to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("hit_id,track_id\n3,-7\n"))
    #expect(try EventReader.submission(at: path) == submission)
    submission.eventID = [1000, 1001]
    try EventWriter.write(submission, to: path)
    #expect(try EventReader.submission(at: path) == submission)
    try EventWriter.write(SubmissionTable(), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "event_id,hit_id,track_id\n")
  }

  @Test func whatCannotBeWrittenIsRefusedAndLeavesNothing() throws {
    var cells = CellTable()
    cells.hitID = [1]
    cells.channel0 = [1]
    cells.channel1 = [1]
    cells.value = [.nan]
    let path = folder.appending("cells.csv")
    #expect(
      throws: EventDataError.unwritable(file: path, reason: "column value is nan in row 1")
    ) { try EventWriter.write(cells, to: path) }
    cells.value = []
    #expect(throws: EventDataError.self) { try EventWriter.write(cells, to: path) }
    cells.value = [1]
    #expect(throws: EventDataError.self) { try EventWriter.write(cells, to: path + ".gz") }
    #expect(throws: EventDataError.self) { try EventWriter.write(cells, to: "/nowhere/cells.csv") }
    // A folder stands where the file should go: the rename fails and the temporary file goes.
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(throws: EventDataError.self) { try EventWriter.write(cells, to: path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cells.csv"])
  }
}

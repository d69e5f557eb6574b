import EventData
import Foundation
import Synchronization
import TestSupport
import Testing

struct DataSetVerifierTests {
  @Test func everyProblemIsFoundWhateverTheOrder() throws {
    let folder = try TemporaryFolder()
    for event in 1...6 { _ = try SmallFiles.event(event, in: folder) }
    let bad = try folder.write(
      SmallFiles.hits.replacing("12.5", with: "12,5"), to: "event000000002-hits.csv")
    _ = try folder.write(
      SmallFiles.truth.replacing("\n4,", with: "\n5,"), to: "event000000003-truth.csv")
    try FileManager.default.removeItem(atPath: folder.appending("event000000004-cells.csv"))
    let verifier = DataSetVerifier(
      folder: try EventFolder(path: folder.path), events: Array(1...7),
      files: Set(EventFile.tables))
    let calls = Mutex(0)
    let reports = verifier.verify { _ in calls.withLock { $0 += 1 } }
    #expect(calls.withLock { $0 } == 7)
    #expect(reports.map(\.event) == Array(1...7))
    #expect(reports.map(\.problems.count) == [0, 1, 1, 1, 0, 0, 4])
    #expect(reports[1].problems[0].description.hasPrefix("\(bad):3: "))
    #expect(
      reports[3].problems == [.missingFile(folder: folder.path, event: 4, file: .cells)])
    #expect(reports[0].files.map(\.rows) == [3, 3, 2, 3])
    #expect(
      reports[0].files[0].sha256 == FileDigest.sha256(of: SmallFiles.hits.utf8))
    #expect(verifier.verify() == reports)
  }
}

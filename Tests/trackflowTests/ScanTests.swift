import Foundation
import JSONDocument
import TestSupport
import Testing

/// Workflows that extend others, scan parameters, and are checked without being run.
@Suite struct ScanTests {
  private static let scan = """
    {
      "extends": "small.json",
      "name": "scan",
      "stages": { "tracks": { "matrix": { "threshold": [0.2, 0.4, 0.6] } } }
    }
    """

  @Test func aScanOfAnExtendedWorkflowIsRunAndCompared() throws {
    let study = try SmallStudy()
    _ = try study.folder.write(Self.scan, to: "scan.json")
    let plain = try study.run(cache: "cache")
    try #require(plain.code == 0, "\(plain.errors)")

    let scan = try Program.run(
      ["run", "scan.json", "--cache", "cache", "--run-dir", "scan-run", "--json", "--quiet"],
      in: study.folder.path)
    #expect(scan.code == 0, "\(scan.errors)")
    // The point 0.4 is what the plain workflow has: two points of two events are new, with their scores.
    #expect(scan.json?["tasksRun"] == 8)
    let points = try #require(scan.json?["scans"]?.arrayValue?.first?["points"]?.arrayValue)
    #expect(points.map { $0["values"]?.arrayValue?.first?.doubleValue } == [0.2, 0.4, 0.6])
    #expect(points[1]["mean"] == plain.json?["score"])
    let best = try #require(scan.json?["scans"]?.arrayValue?.first?["best"]?.intValue)
    #expect(scan.json?["score"] == points[best]["mean"])
    #expect(points.map { $0["difference"] == .null }.firstIndex(of: true) == best)
    let report = try JSONDocument(
      parsing: Array(
        Data(contentsOf: URL(filePath: study.folder.appending("scan-run/report.json")))),
      file: "report.json"
    ).root
    #expect(report["results"]?["tracks"]?.arrayValue?.count == 3)
    let submissions = try FileManager.default.contentsOfDirectory(
      atPath: study.folder.appending("scan-run/submissions")
    ).sorted()
    #expect(
      submissions == [0.2, 0.4, 0.6].map { "tracks[threshold=\($0)].csv" })

    let words = try Program.run(
      ["run", "scan.json", "--cache", "cache", "--run-dir", "again"], in: study.folder.path)
    #expect(words.output.contains("scan at stage score, 3 points, by the score:"))
    #expect(words.output.contains("nothing had to be done"))
    let fixed = try Program.run(
      ["plan", "scan.json", "--cache", "cache", "--set", "tracks.threshold=0.6", "--json"],
      in: study.folder.path)
    #expect(fixed.json?["toRun"] == 0)
    #expect(fixed.json?["stages"]?.arrayValue?.count == 5)
  }

  @Test func validateSaysWhatIsRightAndAllThatIsWrong() throws {
    let study = try SmallStudy()
    let folder = study.folder
    _ = try folder.write(Self.scan, to: "scan.json")
    func validate(_ arguments: String...) throws -> Program.Ending {
      try Program.run(["validate"] + arguments, in: folder.path)
    }
    let right = try validate("small.json", "scan.json")
    #expect(right.code == 0, "\(right.errors)")
    #expect(
      right.output == """
        small.json: ok, 6 stages, 6 events (train 3, validation 1, test 2)
        scan.json: ok, 6 stages (10 with all points of the scans), 6 events (train 3, validation 1, test 2)

        """)
    #expect(!FileManager.default.fileExists(atPath: folder.appending("cache")))

    _ = try folder.write(
      SmallStudy.workflow.replacingOccurrences(of: "\"epochs\": 6", with: "\"epochs\": 0")
        .replacingOccurrences(of: "0.4", with: "4").replacingOccurrences(
          of: "\"3\"", with: "\"x\""),
      to: "wrong.json")
    let wrong = try validate("wrong.json", "small.json", "none.json", "--json")
    #expect(wrong.code == 78)
    let files = try #require(wrong.json?["workflows"]?.arrayValue)
    #expect(files.map { $0["ok"] } == [false, true, false])
    let errors = try #require(files[0]["errors"]?.arrayValue)
    #expect(errors.map { $0["line"]?.intValue } == [4, 9, 13])
    #expect(wrong.errors.contains("trackflow: wrong.json:13:"))
    #expect(wrong.errors.contains("none.json: the workflow can't be read"))
    #expect(try validate("none.json").code == 66)
    #expect(try validate("small.json", "--set", "train.epoch=3").code == 64)
    #expect(try validate("small.json", "--set", "train").code == 64)
  }

  @Test func validateLooksAtTheEventsWhereTheyAreAtHand() throws {
    let study = try SmallStudy()
    func validate(_ arguments: String...) throws -> Program.Ending {
      try Program.run(["validate", "small.json"] + arguments, in: study.folder.path)
    }
    let few = try validate("--events", "0-4")
    #expect(few.code == 66)
    #expect(
      few.errors.contains("small.json: the split \"test\" (4-5) asks for the event at position 5"),
      "\(few.errors)")
    let chosen = try validate(
      "--events", "id 10-13,15", "--set", "split.test=4", "--set", "split.train=[0, 2]")
    #expect(chosen.code == 0, "\(chosen.errors)")
    #expect(chosen.output.contains("5 events (train 2, validation 1, test 1)"), "\(chosen.output)")
    let gone = try validate("--set", "dataset.path=nowhere")
    #expect(gone.code == 0, "\(gone.errors)")
    #expect(gone.output.contains("the events were not checked: "))
  }
}

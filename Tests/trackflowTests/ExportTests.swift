import Foundation
import JSONDocument
import TestSupport
import Testing

/// What the export commands say, and refuse.
@Suite struct ExportTests {
  private let study: SmallStudy

  init() throws {
    study = try SmallStudy()
    let ending = try study.run(cache: "cache")
    try #require(ending.code == 0, "\(ending.errors)")
  }

  private func export(_ arguments: String...) throws -> Program.Ending {
    try Program.run(["export"] + arguments + ["--cache", "cache"], in: study.folder.path)
  }

  @Test func theSubmissionIsThatOfTheReport() throws {
    let ending = try export("submission", "--out", "new/tracks.csv", "--json")
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(ending.json?["stage"] == "tracks")
    #expect(ending.json?["events"] == [14, 15])
    #expect(ending.json?["files"] == ["new/tracks.csv"])
    let files = ["new/tracks.csv", "cache-run/submissions/tracks.csv"].map {
      FileManager.default.contents(atPath: study.folder.appending($0))
    }
    #expect(files[0] != nil && files[0] == files[1])
  }

  @Test func theWeightsAreThoseOfTheReport() throws {
    #expect(try export("weights", "--out", "w.safetensors", "--quiet").output.isEmpty)
    let files = ["w.safetensors", "cache-run/weights/train.safetensors"].map {
      FileManager.default.contents(atPath: study.folder.appending($0))
    }
    #expect(files[0] != nil && files[0] == files[1])
  }

  @Test func theSameExportGivesTheSameBytes() throws {
    for (format, place) in [("onnx", "a.onnx"), ("phoenix", "a.json"), ("metrics", "a.csv")] {
      #expect(try export(format, "--out", "1-\(place)").code == 0)
      #expect(try export(format, "--out", "2-\(place)").code == 0)
      let files = ["1-\(place)", "2-\(place)"].map {
        FileManager.default.contents(atPath: study.folder.appending($0))
      }
      #expect(files[0] != nil && files[0] == files[1], "\(format)")
    }
  }

  @Test func whatARunDoesNotHaveIsNamed() throws {
    let stage = try export("graphs", "--stage", "grahps", "--out", "g")
    #expect(stage.code == 64)
    #expect(stage.errors.contains("no results of a stage \"grahps\"; did you mean \"graphs\"?"))
    let kind = try export("submission", "--stage", "graphs", "--out", "t.csv")
    #expect(kind.code == 64)
    #expect(
      kind.errors.contains("stage graphs (build-graphs) gives no tracks; those that do are tracks"))
    let event = try export("phoenix", "--event", "10", "--out", "p.json")
    #expect(event.code == 64)
    #expect(
      event.errors.contains("no result of tracks for the event 10; it has those of events 14-15"))
    let run = try export("graphs", "--run", "nonesuch", "--out", "g")
    #expect(run.code == 64)
    for name in ["g", "t.csv", "p.json"] {
      #expect(!FileManager.default.fileExists(atPath: study.folder.appending(name)))
    }
  }

  @Test func aRunWithoutTracksHasNoneToExport() throws {
    _ = try study.folder.write(
      """
      {"name": "few", "dataset": {"path": "events"}, "split": {"all": "0"},
       "stages": {"graphs": {"uses": "build-graphs"}}}
      """, to: "few.json")
    let ran = try Program.run(
      ["run", "few.json", "--cache", "cache", "--quiet"], in: study.folder.path)
    #expect(ran.code == 0, "\(ran.errors)")
    let tracks = try export("submission", "--out", "t.csv")
    #expect(tracks.code == 66)
    #expect(tracks.errors.contains("has no tracks; it has results of graphs"))
    let network = try export("onnx", "--out", "n.onnx")
    #expect(network.code == 66)
    #expect(network.errors.contains("has no trained network; it has results of graphs"))
  }
}

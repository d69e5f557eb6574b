import Foundation
import JSONDocument
import TestSupport
import Testing

/// The commands around a run: data sets, simulated events, the detector's table.
@Suite struct CommandTests {
  private static let manifest = """
    {"version": 1, "datasets": {"known": {"path": "nowhere",
      "events": {"first": 10, "last": 15}, "files": ["hits", "truth", "particles", "cells"]}}}
    """

  @Test func aDataSetIsAddedListedVerifiedAndRun() throws {
    let study = try SmallStudy()
    let folder = study.folder
    _ = try folder.write(Self.manifest, to: "data-manifest.json")
    func data(_ arguments: String...) throws -> Program.Ending {
      try Program.run(["data"] + arguments, in: folder.path)
    }
    #expect(try data("list").output.contains("absent"))
    #expect(try data("verify", "known").code == 66)
    #expect(try data("verify", "knwon").errors.contains("did you mean \"known\"?"))
    #expect(try data("add", "known", "--path", "empty").code == 66)
    let added = try data("add", "known", "--path", "events")
    #expect(added.code == 0, "\(added.errors)")
    #expect(try data("list").output.contains("6 found"))
    let verified = try data("verify", "known", "--json", "--quiet")
    #expect(verified.code == 0, "\(verified.errors)")
    #expect(verified.json?["datasets"]?.arrayValue?.count == 1)
    let run = try study.run(
      cache: "cache",
      ["--set", "dataset.manifest=data-manifest.json", "--set", "dataset.name=known"])
    #expect(run.code == 0, "\(run.errors)")

    try Data("hit_id,x\n1,2\n".utf8).write(to: URL(filePath: study.eventFile(12, "hits")))
    let bad = try data("verify", "known", "--quiet")
    #expect(bad.code == 65)
    #expect(bad.errors.contains("event000000012-hits.csv:1"), "\(bad.errors)")
  }

  private static let badArguments: [([String], Int32)] = [
    (["--events", "0", "--out", "x"], 64),
    (["--events", "1", "--pileup", "-4", "--out", "x"], 64),
    (["--events", "1", "--first", "-1", "--out", "x"], 64),
    (["--events", "1"], 64),
    (["--events", "1", "--out", "file/x"], 73),
    (["--compare", "nowhere", "--events", "1"], 66),
  ]

  @Test(arguments: badArguments)
  func badArgumentsOfSimulateAreRefusedInWords(arguments: [String], code: Int32) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("a file", to: "file")
    let ending = try Program.run(["simulate", "--quiet"] + arguments, in: folder.path)
    #expect(ending.code == code, "\(ending.errors)")
    #expect(!ending.errors.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
  }

  @Test func simulatedEventsAreTheSameForAnyOrderAndAreNotMadeTwice() throws {
    let folder = try TemporaryFolder()
    func simulate(_ first: Int, _ count: Int, _ out: String) throws -> Program.Ending {
      try Program.run(
        [
          "simulate", "--events", "\(count)", "--first", "\(first)", "--particles", "60", "--out",
          out,
          "--quiet",
        ], in: folder.path)
    }
    #expect(try simulate(5, 3, "together").code == 0)
    for event in [7, 5, 6] { #expect(try simulate(event, 1, "apart").code == 0) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending("together"))
    #expect(names.count == 13)
    for name in names {
      #expect(
        FileManager.default.contentsEqual(
          atPath: folder.appending("together/\(name)"), andPath: folder.appending("apart/\(name)")))
    }
    let other = try Program.run(
      [
        "simulate", "--events", "1", "--first", "5", "--particles", "61", "--out", "apart",
        "--quiet",
      ],
      in: folder.path)
    #expect(other.code == 73)
    #expect(other.errors.contains("primaries"), "\(other.errors)")
  }

  @Test func theDetectorIsWrittenAsATable() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(["geometry", "--out", "detectors.csv"], in: folder.path)
    #expect(ending.code == 0, "\(ending.errors)")
    let text = try String(contentsOfFile: folder.appending("detectors.csv"), encoding: .utf8)
    #expect(text.split(separator: "\n").count == 18_729)
    #expect(text.hasPrefix("volume_id,layer_id,module_id,cx,cy,cz,"))
    #expect(try Program.run(["geometry", "--out", "no/where.csv"], in: folder.path).code == 73)
  }
}

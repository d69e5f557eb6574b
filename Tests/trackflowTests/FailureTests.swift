import Foundation
import JSONDocument
import TestSupport
import Testing

/// What a user sees when something is wrong: an exit code and words that help.
@Suite struct FailureTests {
  let study: SmallStudy

  init() throws { study = try SmallStudy() }

  private func expect(_ arguments: [String], code: Int32, words: String) throws {
    let ending = try Program.run(arguments, in: study.folder.path)
    #expect(ending.code == code, "\(arguments): \(ending.errors)")
    #expect(ending.errors.contains(words), "\(arguments): \(ending.errors)")
    #expect(ending.output.isEmpty)
  }

  @Test func wrongCommandLinesAreToldFromWrongWorkflows() throws {
    try expect(["run"], code: 64, words: "workflow")
    try expect(["run", "small.json", "--worker", "2"], code: 64, words: "--worker")
    try expect(["run", "small.json", "--workers", "0"], code: 64, words: "--workers")
    try expect(["run", "small.json", "--set", "train.epoch=2"], code: 64, words: "epochs")
    try expect(["run", "nowhere.json"], code: 66, words: "nowhere.json")
    _ = try study.folder.write("{ \"name\": \"x\", ", to: "cut.json")
    try expect(["run", "cut.json"], code: 78, words: "cut.json:1:")
    _ = try study.folder.write(
      SmallStudy.workflow.replacingOccurrences(of: "\"hidden\"", with: "\"hiden\""), to: "typo.json"
    )
    try expect(["plan", "typo.json"], code: 78, words: "did you mean \"hidden\"?")
  }

  @Test func missingDataAreSaidWithTheFolder() throws {
    try expect(
      ["run", "small.json", "--set", "dataset.path=nowhere"], code: 66, words: "nowhere")
    try expect(
      ["run", "small.json", "--set", "split.test=90-99"], code: 66, words: "has 6 events")
  }

  @Test func noTrainingEventLeftIsBadData() throws {
    for event in 10...12 {
      try Data().write(to: URL(filePath: study.eventFile(event, "hits")))
    }
    let ending = try study.run(cache: "cache")
    #expect(ending.code == 65, "\(ending.errors)")
    #expect(ending.errors.contains("no event of the split \"train\" is left"))
  }

  @Test func aCacheThatCanNotBeMadeIsNamed() throws {
    _ = try study.folder.write("a file", to: "file")
    try expect(
      ["run", "small.json", "--cache", "file/cache"], code: 74, words: "file/cache")
  }

  @Test func aFileSizeLimitFailsTheRunByNameAndLeavesTheCacheWhole() throws {
    let limited = Process()
    limited.executableURL = URL(filePath: "/bin/sh")
    let command = study.arguments(cache: "cache").filter { $0 != "--quiet" }
      .map { "'\($0)'" }.joined(separator: " ")
    // 4 blocks of 512 bytes hold the catalog's pages no more than the graphs.
    limited.arguments = ["-c", "ulimit -f 16; exec '\(Program.path)' \(command) 2>limited.err"]
    limited.currentDirectoryURL = URL(filePath: study.folder.path)
    limited.standardOutput = FileHandle.nullDevice
    try limited.run()
    limited.waitUntilExit()
    let words = try String(contentsOfFile: study.folder.appending("limited.err"), encoding: .utf8)
    #expect(limited.terminationReason == .exit, "\(words)")
    #expect(limited.terminationStatus == 74, "\(words)")
    let again = try study.run(cache: "cache")
    #expect(again.code == 0, "\(again.errors)")
    try #require(study.run(cache: "clean").code == 0)
    #expect(try study.objects(cache: "cache") == study.objects(cache: "clean"))
  }
}

import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing

/// `trackflow cache …` on the caches of real runs.
@Suite struct CacheCommandTests {
  let study: Rehearsal

  init() throws { study = try Rehearsal() }

  private var store: ObjectStore { ObjectStore(root: study.folder.appending("cache")) }

  private func cache(_ arguments: String..., environment: [String: String] = [:]) throws
    -> Program.Ending
  {
    try Program.run(
      ["cache"] + arguments + ["--cache", "cache"], in: study.folder.path,
      environment: environment)
  }

  private func run(_ settings: String..., folder: String = "run") throws {
    let ending = try study.run(settings, run: folder)
    try #require(ending.code == 0, "\(ending.errors)")
  }

  /// Flips a bit of the header of one artifact.
  private func damage(_ key: ArtifactKey) throws {
    var bytes = try Data(contentsOf: URL(filePath: store.path(of: key)))
    bytes[70] ^= 1
    try bytes.write(to: URL(filePath: store.path(of: key)))
  }

  @Test func aListSaysWhatIsThereAndWhoUsesIt() throws {
    try run()
    let all = try cache("list", "--json")
    #expect(all.code == 0, "\(all.errors)")
    #expect(all.json?["kinds"]?.arrayValue?.map { $0["kind"] } == ["rehearse"])
    #expect(all.json?["total"]?["artifacts"] == 6)
    #expect(all.json?["total"]?["bytes"]?.intValue == Int(CacheFiles(of: store).size))
    #expect(all.json?["total"]?["untimed"] == 0)
    #expect(all.json?["runs"] == 1)
    let some = try cache("list", "--kind", "rehearse", "--limit", "2", "--json")
    #expect(some.json?["count"] == 6)
    let listed = try #require(some.json?["artifacts"]?.arrayValue)
    #expect(listed.count == 2)
    for artifact in listed {
      let place = artifact["usedBy"]?.arrayValue?.first
      #expect(place?["workflow"] == "rehearsal")
      #expect(place?["stage"] == "work")
      #expect(place?["event"] == artifact["event"])
    }
    let words = try cache("list", "--kind", "rehearse", "--limit", "2").output
    #expect(words.contains("rehearsal/work"))
    #expect(words.contains("and 4 more"))
    #expect(try cache("list").output.contains("rehearse"))
  }

  @Test func whatVerifyFindsRepairMendsAndTheNextRunMakesAgain() throws {
    try run()
    #expect(try cache("verify").code == 0)
    #expect(try cache("verify", "--deep", "--json").json?["faults"] == [])
    let before = try study.objects()
    let keys = store.keys()
    try damage(keys[0])
    try FileManager.default.removeItem(atPath: store.path(of: keys[1]))
    let stray = store.objectsFolder + "/.partial-1-x"
    let partial =
      (store.path(of: keys[2]) as NSString).deletingLastPathComponent + "/.partial-1-x"
    for path in [stray, partial] { try Data("x".utf8).write(to: URL(filePath: path)) }
    try FileManager.default.removeItem(atPath: stray)
    let verified = try cache("verify")
    #expect(verified.code == 65)
    for words in [
      "\(keys[0].hex).tfz: damaged", ".partial-1-x: half-written", "3 things wrong",
      "\(keys[1].hex).tfz: the catalog knows it and the file is gone",
    ] {
      #expect(verified.output.contains(words), "\(words): \(verified.output)")
    }
    let named = try cache("verify", "--json").json?["faults"]?.arrayValue
    let names = Set((named ?? []).compactMap { $0["fault"]?.stringValue })
    #expect(names == ["damaged", "missing", "partial"])
    #expect(try cache("verify", "--quiet").output.contains("damaged"))
    let repaired = try cache("repair")
    #expect(repaired.code == 0, "\(repaired.output)\(repaired.errors)")
    #expect(repaired.output.contains("/damaged/\(keys[0].hex)"))
    #expect(try cache("verify").code == 0)
    #expect(try study.run().json?["tasksRun"] == 2)
    #expect(try study.objects() == before)
  }

  @Test func withoutARuleGoesNothingThatARunUsed() throws {
    try run("work.tag=1", folder: "one")
    try run("work.tag=2", folder: "two")
    let before = try study.objects()
    try store.publish(
      Artifact(kind: "other", keyText: ["kind": "other"], summary: .null, arrays: []))
    let record = try #require(RunRegistry(store: store).records().first)
    let used = try #require(RunRegistry(store: store).keys(of: record).first)
    let aside = try store.setAside(used)
    let trial = try cache("gc", "--dry-run", "--json")
    #expect(trial.code == 0, "\(trial.errors)")
    #expect(trial.json?["removed"] == 0)
    #expect(trial.json?["setAside"] == 1)
    #expect(FileManager.default.fileExists(atPath: aside))
    #expect(store.keys().count == 12)
    let done = try cache("gc")
    #expect(done.code == 0, "\(done.errors)")
    #expect(!FileManager.default.fileExists(atPath: aside))
    #expect(done.output.contains("used by remembered runs"))
    #expect(store.keys().count == 11)
    #expect(Set(try study.objects().keys).isSubset(of: before.keys))
  }

  @Test func rulesRemoveWhatNoneOfThemKeepsAndItIsMadeAgain() throws {
    try run("work.tag=1", folder: "one")
    try run("work.tag=2", folder: "two")
    let before = try study.objects()
    #expect(try cache("gc", "--older-than", "1h").code == 0)
    #expect(try cache("gc", "--max-size", "1GB").code == 0)
    #expect(try study.objects() == before)
    let trial = try cache("gc", "--keep-last", "1", "--dry-run")
    #expect(trial.output.contains("would go"))
    #expect(trial.output.contains("made again in"))
    #expect(try study.objects() == before)
    let both = try cache("gc", "--keep-last", "1", "--older-than", "1h", "--json")
    #expect(both.json?["removed"] == 0)
    let done = try cache("gc", "--keep-last", "1", "--json")
    #expect(done.json?["removed"] == 6)
    #expect(try cache("verify", "--deep").code == 0)
    #expect(try study.run(["work.tag=2"], run: "two").json?["tasksRun"] == 0)
    #expect(try study.run(["work.tag=1"], run: "one").json?["tasksRun"] == 6)
    #expect(try study.objects() == before)
  }

  @Test func whatKeepsAnArtifactIsExplained() throws {
    try run("work.tag=1", folder: "one")
    try run("work.tag=2", folder: "two")
    let record = try #require(RunRegistry(store: store).records().first)
    let key = try #require(RunRegistry(store: store).keys(of: record).first)
    let kept = try cache("gc", "--explain", key.short)
    #expect(kept.output.contains("used by: \(record.id) (done)"))
    #expect(kept.output.contains("stays: run \(record.id) uses it"))
    let free = try cache("gc", "--keep-last", "1", "--explain", key.short, "--json")
    #expect(free.json?["artifacts"]?.arrayValue?.first?["keptBy"] == .null)
    #expect(try cache("gc", "--explain", "ffffffffffffffffffff").code == 66)
    #expect(store.keys().count == 12)
  }

  @Test func whatALiveRunUsesStaysAndTheRunEndsAsIfAlone() throws {
    try run("work.tag=1", folder: "one")
    let whole = try study.undisturbed()
    // Time goes by, so that what there is is older than the next run.
    try #require(cache("verify").code == 0)
    let running = try study.start(["work.seconds=0.4"])
    while store.keys().count < 8, running.process.isRunning {}
    let collected = try cache("gc", "--keep-last", "0", "--json")
    #expect(collected.code == 0, "\(collected.errors)")
    #expect(collected.json?["removed"] == 6)
    #expect(try cache("verify").code == 0)
    #expect(try cache("repair").code == 0)
    let ending = running.wait()
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(try study.objects() == whole)
    #expect(try cache("verify", "--deep").code == 0)
  }

  @Test func collectingIsSafeToKillAtAnyPoint() throws {
    for number in 0..<300 {
      try store.publish(
        Artifact(
          kind: "other", keyText: ["number": .integer(number)], summary: .null, arrays: []))
    }
    try #require(cache("list").code == 0)
    var kills = 0
    while store.keys().count > 10, kills < 20 {
      let count = store.keys().count
      let running = try Program.start(
        ["cache", "gc", "--keep-last", "0", "--quiet", "--cache", "cache"],
        in: study.folder.path)
      while store.keys().count >= count, running.process.isRunning {}
      kill(running.identifier, SIGKILL)
      _ = running.wait()
      kills += 1
      // The catalog promises nothing that is gone.
      let faults = try cache("verify", "--json").json?["faults"]?.arrayValue ?? []
      #expect(faults.allSatisfy { $0["fault"] == "unknown" })
    }
    #expect(kills > 0)
    let last = try cache("gc", "--keep-last", "0")
    #expect(last.code == 0, "\(last.errors)")
    #expect(store.keys().isEmpty)
    #expect(try cache("verify").code == 0)
  }

  @Test func rebuildingWaitsForARunAndSaysForWhom() throws {
    try run("work.tag=1", folder: "one")
    let running = try study.start(["work.seconds=0.4"])
    while store.keys().count < 7, running.process.isRunning {}
    let rebuilt = try cache("rebuild")
    #expect(rebuilt.code == 0, "\(rebuilt.errors)")
    #expect(rebuilt.errors.contains("in use by process \(running.identifier)"))
    #expect(running.wait().code == 0)
    #expect(rebuilt.output.contains("12 artifacts entered: 12 were checked before"))
    #expect(rebuilt.output.contains("12 with what they took to make"))
    #expect(try study.run(["work.tag=1"], run: "one").json?["tasksRun"] == 0)
  }

  @Test func theCatalogOfANewerProgramIsNamedAndLeftUntouched() throws {
    try run()
    let path = study.folder.appending("cache/catalog.sqlite")
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[63] = 99
    try bytes.write(to: URL(filePath: path))
    for arguments in [
      ["cache", "list"], ["cache", "verify"], ["cache", "repair"], ["cache", "rebuild"],
      ["cache", "gc"], ["plan", "rehearsal.json"], ["run", "rehearsal.json"],
    ] {
      let ending = try Program.run(arguments + ["--cache", "cache"], in: study.folder.path)
      #expect(ending.code == 74, "\(arguments): \(ending.errors)")
      #expect(ending.errors.contains("catalog version 99"), "\(arguments): \(ending.errors)")
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes, "\(arguments)")
    }
  }

  @Test func aDamagedCatalogIsMadeAnewWithANoticeByWhateverMeetsIt() throws {
    try run()
    let path = study.folder.appending("cache/catalog.sqlite")
    let whole = try Data(contentsOf: URL(filePath: path))
    for arguments in [
      ["plan", "rehearsal.json", "--json"], ["cache", "repair", "--json"],
      ["cache", "list", "--json"],
    ] {
      try Data(repeating: 0x5A, count: 8192).write(to: URL(filePath: path))
      #expect(try cache("verify").output.contains("the catalog is damaged"))
      let ending = try Program.run(arguments + ["--cache", "cache"], in: study.folder.path)
      #expect(ending.code == 0, "\(arguments): \(ending.errors)")
      #expect(ending.errors.contains("the catalog was damaged"), "\(arguments): \(ending.errors)")
      #expect(ending.json != nil)
      #expect(try cache("verify").code == 0)
    }
    try whole.write(to: URL(filePath: path))
    #expect(try cache("verify").code == 0)
  }

  @Test func wrongUseIsToldFromACacheThatIsNotThere() throws {
    #expect(try cache("list").code == 66)
    #expect(!FileManager.default.fileExists(atPath: store.root))
    try run()
    for arguments in [
      ["gc", "--keep-last", "-1"], ["gc", "--older-than", "soon"], ["gc", "--max-size", "50"],
      ["list", "--limit", "0"], ["verify", "--deeper"],
    ] {
      let ending = try Program.run(
        ["cache"] + arguments + ["--cache", "cache"], in: study.folder.path)
      #expect(ending.code == 64, "\(arguments): \(ending.errors)")
    }
    for command in ["list", "verify", "repair", "rebuild", "gc"] {
      let quiet = try cache(command, "--quiet")
      #expect(quiet.code == 0, "\(command): \(quiet.errors)")
      #expect(quiet.output.isEmpty && quiet.errors.isEmpty, "\(command): \(quiet.output)")
      #expect(try cache(command, "--json").json?["cache"]?.stringValue == store.root)
      let help = try Program.run(["cache", command, "--help"], in: study.folder.path)
      #expect(help.output.contains("Examples:"))
    }
  }
}

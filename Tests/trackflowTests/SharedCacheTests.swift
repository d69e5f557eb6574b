import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing

/// Caches on network file systems, and caches that can't be written.
@Suite struct SharedCacheTests {
  private let network = ["TRACKFLOW_FILE_SYSTEM": "network"]
  private let local = ["TRACKFLOW_FILE_SYSTEM": "local"]

  /// The journal that the catalog's head names: 1 for one that is deleted, 2 for a write-ahead log.
  private func journal(_ study: Rehearsal) throws -> UInt8 {
    try Data(contentsOf: URL(filePath: study.folder.appending("cache/catalog.sqlite")))[18]
  }

  private func hasLog(_ study: Rehearsal) -> Bool {
    FileManager.default.fileExists(atPath: study.folder.appending("cache/catalog.sqlite-wal"))
  }

  private func start(_ study: Rehearsal, run: String, _ environment: [String: String]) throws
    -> Program.Running
  {
    try Program.start(
      study.arguments(["work.seconds=0.2"], run: run), in: study.folder.path,
      environment: environment)
  }

  @Test func onANetworkRunsTakeTurnsAndThereIsNoWriteAheadLog() throws {
    let study = try Rehearsal()
    let whole = try study.undisturbed()
    let first = try start(study, run: "one", network)
    while try study.objects().isEmpty, first.process.isRunning {
      #expect(!hasLog(study))
    }
    let second = try start(study, run: "two", network)
    while second.process.isRunning { #expect(!hasLog(study)) }
    let endings = [first.wait(), second.wait()]
    #expect(endings.map(\.code) == [0, 0], "\(endings.map(\.errors))")
    #expect(endings[1].errors.contains("waiting for the cache"))
    #expect(endings.map { $0.json?["tasksRun"] } == [6, 0])
    #expect(try study.objects() == whole)
    #expect(try journal(study) == 1)
  }

  @Test func aCatalogGoesFromOneKindOfJournalToTheOther() throws {
    let study = try Rehearsal()
    var tag = 0
    func run(_ environment: [String: String]) throws {
      tag += 1
      let ending = try Program.run(
        study.arguments(["work.tag=\(tag)"], run: "run\(tag)"), in: study.folder.path,
        environment: environment)
      #expect(ending.code == 0, "\(ending.errors)")
      #expect(ending.json?["tasksRun"] == 6)
    }
    try run(local)
    #expect(try journal(study) == 2)
    try run(network)
    #expect(try journal(study) == 1)
    try run(local)
    #expect(try journal(study) == 2)
    let listed = try Program.run(
      ["cache", "list", "--json", "--cache", "cache"], in: study.folder.path)
    #expect(listed.json?["total"]?["artifacts"] == 18)
    #expect(listed.json?["total"]?["untimed"] == 0)
  }

  @Test func twoRunsMayMakeTheCatalogAtTheSameMoment() throws {
    let study = try Rehearsal()
    for round in 0..<5 {
      let cache = "cache\(round)"
      let runs = try (0..<3).map { number in
        try Program.start(
          study.arguments([], cache: cache, run: "run\(round)-\(number)"), in: study.folder.path)
      }
      let endings = runs.map { $0.wait() }
      #expect(endings.map(\.code) == [0, 0, 0], "\(endings.map(\.errors))")
    }
  }

  @Test(.enabled(if: OwnMounts.areAllowed, OwnMounts.absence))
  func onAReadOnlyMountTheCatalogIsReadWithItsLogAndMadeInMemoryWhereItIsDamaged() throws {
    let study = try Rehearsal(
      stages: #"{ "work": { "uses": "rehearse", "parameters": { "fault": "refuse" } } }"#)
    // Every input is refused, which only the catalog knows.
    _ = try study.run()
    let catalog = study.folder.appending("cache/catalog.sqlite")
    // A log that was not written back, as a run leaves it that was killed.
    let store = ObjectStore(root: study.folder.appending("cache"))
    let open = try Catalog.open(store: store, notice: { _ in })
    try open.reject(ArtifactKey(of: "more"), kind: "rehearse", reason: "no")
    try FileManager.default.copyItem(
      atPath: study.folder.appending("cache"), toPath: study.folder.appending("kept"))
    withExtendedLifetime(open) {}
    #expect(FileManager.default.fileExists(atPath: catalog + "-wal"))
    let said = try OwnMounts.run(
      """
      mount --bind kept kept; mount -o remount,bind,ro kept
      "$TRACKFLOW" cache list --cache kept --json
      "$TRACKFLOW" plan rehearsal.json --cache kept --json; echo "plan $?"
      """, in: study.folder)
    #expect(said.contains("\"rejections\": 7"), "\(said)")
    #expect(said.contains("\"toRun\": 0"), "\(said)")
    #expect(said.contains("plan 0"), "\(said)")
    let damaged = try OwnMounts.run(
      """
      rm -f kept/catalog.sqlite-wal kept/catalog.sqlite-shm
      head -c 9000 /dev/zero | tr '\\0' Z > kept/catalog.sqlite
      mount --bind kept kept; mount -o remount,bind,ro kept
      "$TRACKFLOW" plan rehearsal.json --cache kept --json; echo "plan $?"
      "$TRACKFLOW" cache verify --cache kept; echo "verify $?"
      """, in: study.folder)
    #expect(damaged.contains("the catalog can't be used"), "\(damaged)")
    #expect(damaged.contains("\"toRun\": 6"), "\(damaged)")
    #expect(damaged.contains("plan 0"), "\(damaged)")
    #expect(damaged.contains("verify 65"), "\(damaged)")
  }
}

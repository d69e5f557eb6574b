import ArtifactStore
import Foundation
import TestSupport
import Testing

@Suite struct GarbageCollectionTests {
  let cache: SmallCache
  let keys: [ArtifactKey]

  init() throws {
    cache = try SmallCache()
    keys = try cache.make(0..<10, daysAgo: 100)
    try cache.enter("1-a", uses: Array(keys[0..<4]), daysAgo: 60)
  }

  private func collect(_ plan: GarbagePlan, claims: ResultClaims? = nil) throws
    -> GarbageCollection.Outcome
  {
    try GarbageCollection(
      store: cache.store, catalog: cache.catalog, claims: claims, batch: 4
    ).carryOut(plan)
  }

  @Test func whatGoesLeavesNoRowAndKeepsItsRecipe() throws {
    try cache.flipLastByte(of: cache.store.path(of: keys[9]))
    let aside = try cache.store.setAside(keys[9])
    let plan = try cache.plan()
    #expect(plan.artifacts.count == 5)
    let outcome = try collect(plan)
    #expect(outcome.artifacts == 5)
    #expect(outcome.bytes == plan.bytes)
    #expect(cache.store.keys() == keys[0..<4].sorted())
    #expect(Set(try cache.catalog.artifactRows().keys) == Set(keys[0..<4] + [keys[9]]))
    #expect(try cache.catalog.recipes(of: [keys[8]]).count == 1)
    #expect(!FileManager.default.fileExists(atPath: aside))
    #expect(try cache.plan().bytes == 0)
  }

  @Test func whatAnotherClaimsStays() throws {
    let (ours, others) = (
      try ResultClaims(root: cache.store.root), try ResultClaims(root: cache.store.root)
    )
    #expect(try others.take(keys[5]))
    let outcome = try collect(cache.plan(), claims: ours)
    #expect(outcome.artifacts == 5)
    #expect(outcome.kept.map(\.key) == [keys[5]])
    #expect(cache.store.keys().contains(keys[5]))
    #expect(try cache.catalog.record(of: keys[5]) != nil)
    // Its own claims are given back.
    #expect(try others.take(keys[6]))
  }

  @Test func aRunThatBeginsAfterThePlanKeepsWhatItUses() throws {
    let plan = try cache.plan()
    let live = try cache.registry.begin("2-a")
    #expect(try collect(plan).artifacts == 0)
    try cache.enter("2-a", uses: [keys[7]], daysAgo: 1, status: .running)
    let outcome = try collect(plan)
    #expect(outcome.kept.map(\.key) == [keys[7]])
    #expect(Set(cache.store.keys()) == Set(keys[0..<4] + [keys[7]]))
    withExtendedLifetime(live) {}
  }

  @Test func forgettingARunKeepsAListThatAnotherHas() throws {
    try cache.enter("0-a", uses: Array(keys[0..<4]), daysAgo: 70, folder: "/nowhere/at/all")
    try cache.enter("0-b", uses: [keys[5]], daysAgo: 70, folder: "/nowhere/at/all")
    let outcome = try collect(cache.plan(GarbageRules(olderThan: 65 * SmallCache.day)))
    #expect(outcome.runs == 2)
    #expect(cache.registry.records().map(\.id) == ["1-a"])
    #expect(cache.registry.faults().isEmpty)
    let lists = try FileManager.default.contentsOfDirectory(atPath: "\(cache.store.root)/runs")
    #expect(lists.count { $0.hasSuffix(".keys") } == 1)
  }

  @Test func whatEndedRunsLeftBehindGoesAndNothingThatIsUsed() throws {
    let runs = "\(cache.store.root)/runs"
    func names() throws -> Set<String> {
      Set(try FileManager.default.contentsOfDirectory(atPath: runs)).subtracting(["sweep.lock"])
    }
    let before = try names()
    let old = try cache.registry.writePlan([keys[8]])
    let young = try cache.registry.writePlan([keys[9]])
    for name in try names() where name != "\(young).keys" {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -2 * SmallCache.day)],
        ofItemAtPath: "\(runs)/\(name)")
    }
    // As a run leaves it that was killed.
    try Data().write(to: URL(filePath: "\(runs)/dead.live"))
    let live = try cache.registry.begin("2-a")
    _ = try collect(cache.plan())
    #expect(try !names().contains("\(old).keys"))
    #expect(try names() == before.union(["\(young).keys", "2-a.live"]))
    withExtendedLifetime(live) {}
  }

  @Test func runsEnterWhileResultsGoAndLoseNoneThatTheyUse() async throws {
    // Each run looks which artifacts are there once it has entered, as a plan does; those must stay.
    try cache.make(10..<60, daysAgo: 100)
    let (store, registry) = (cache.store, cache.registry)
    let plan = try cache.plan()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<40 {
          let live = try registry.begin("live-\(number)")
          let seen = store.keys()
          var record = RunRecord(
            id: live.id, workflow: "w", file: "", folder: "/", started: SmallCache.now,
            process: .current(command: "test"), version: "", definition: .null)
          record.plan = try registry.writePlan(seen)
          try registry.write(record)
          #expect(Set(seen).isSubset(of: store.keys()))
          withExtendedLifetime(live) {}
        }
      }
      let catalog = cache.catalog
      group.addTask {
        for _ in 0..<40 {
          _ = try GarbageCollection(store: store, catalog: catalog, claims: nil, batch: 2)
            .carryOut(plan)
        }
      }
      try await group.waitForAll()
    }
  }
}

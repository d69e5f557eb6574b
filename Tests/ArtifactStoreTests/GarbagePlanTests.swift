import ArtifactStore
import Foundation
import TestSupport
import Testing

@Suite struct GarbagePlanTests {
  let cache: SmallCache
  /// Artifacts 0 to 8; 0 to 2, 3 to 5 and 6 are used by runs of one workflow, 7 by another's, 8 by none.
  let keys: [ArtifactKey]

  init() throws {
    cache = try SmallCache()
    keys = try cache.make(0..<9, daysAgo: 100)
    try cache.enter("1-a", uses: Array(keys[0..<3]), daysAgo: 60)
    try cache.enter("2-a", uses: Array(keys[2..<6]), daysAgo: 40)
    try cache.enter("3-a", uses: Array(keys[5..<7]), daysAgo: 5)
    try cache.enter("1-b", workflow: "other", uses: [keys[7]], daysAgo: 90)
  }

  @Test func withoutARuleGoesWhatNoRunUses() throws {
    #expect(try cache.going() == [8])
    let plan = try cache.plan()
    #expect(plan.keptCount == 8)
    #expect(plan.seconds == 2)
    #expect(plan.artifacts.map(\.isRemembered) == [false])
  }

  @Test func theLastRunsOfEachWorkflowKeepWhatTheyUse() throws {
    #expect(Set(try cache.going(GarbageRules(keepLast: 1))) == [0, 1, 2, 3, 4, 8])
    #expect(Set(try cache.going(GarbageRules(keepLast: 2))) == [0, 1, 8])
    #expect(try cache.going(GarbageRules(keepLast: 3)) == [8])
    #expect(try cache.going(GarbageRules(keepLast: 0)).count == 9)
  }

  @Test func aRunThatDidNotEndWellDoesNotCountAndIsKept() throws {
    try cache.make(20..<21, daysAgo: 1)
    try cache.enter("4-a", uses: [sampleArtifact(20).key], daysAgo: 1, status: .failed)
    #expect(Set(try cache.going(GarbageRules(keepLast: 1))) == [0, 1, 2, 3, 4, 8])
  }

  @Test func ageCountsFromTheLastUse() throws {
    func older(_ days: Double) throws -> Set<Int> {
      Set(try cache.going(GarbageRules(olderThan: days * SmallCache.day)))
    }
    #expect(try older(30) == [0, 1, 2, 3, 4, 7, 8])
    #expect(try older(50) == [0, 1, 7, 8])
    #expect(try older(101) == [])
    // A run whose results were used again keeps them.
    try cache.setTime(of: "\(cache.store.root)/runs/1-b.json", daysAgo: 1)
    #expect(try older(50) == [0, 1, 8])
  }

  @Test func rulesTogetherRemoveOnlyWhatNoneKeeps() throws {
    let rules = GarbageRules(keepLast: 1, olderThan: 50 * SmallCache.day)
    #expect(Set(try cache.going(rules)) == [0, 1, 8])
  }

  @Test func sizeTakesTheUnusedFirstAndThenTheLongestUnused() throws {
    let one = try #require(FileSystem.stamp(of: cache.store.path(of: keys[0]))).size
    #expect(try cache.going(GarbageRules(maxSize: 9 * one)) == [])
    #expect(try cache.going(GarbageRules(maxSize: 8 * one)) == [8])
    #expect(try cache.going(GarbageRules(maxSize: 7 * one)) == [8, 7])
    #expect(Set(try cache.going(GarbageRules(maxSize: 5 * one))) == [8, 7, 0, 1])
    // One byte less takes one more.
    #expect(try cache.going(GarbageRules(maxSize: 9 * one - 1)) == [8])
    // What another rule keeps stays, whatever the size.
    #expect(
      Set(try cache.going(GarbageRules(keepLast: 1, maxSize: 0))) == [0, 1, 2, 3, 4, 8])
  }

  @Test func ofWhatWasUsedTogetherTheCheapestForItsSizeGoesFirst() throws {
    let cache = try SmallCache()
    let dear = try cache.make(0..<1, daysAgo: 9, seconds: 100)
    let cheap = try cache.make(1..<2, daysAgo: 9, seconds: 1)
    try cache.enter("1-a", uses: dear + cheap, daysAgo: 5)
    let size = CacheFiles(of: cache.store).size
    #expect(try cache.going(GarbageRules(maxSize: size - 1)) == [1])
  }

  @Test func whatALiveRunUsesOrMayHaveMadeStays() throws {
    let live = try cache.registry.begin("5-a")
    // What it will use is not known yet: nothing goes.
    #expect(try cache.going() == [])
    try cache.enter("5-a", uses: [keys[8]], daysAgo: 2, status: .running)
    #expect(try cache.going(GarbageRules(keepLast: 0)).count == 8)
    try cache.make(30..<31, daysAgo: 1)
    #expect(try !cache.going(GarbageRules(keepLast: 0)).contains(30))
    let judge = GarbageJudge(
      registry: cache.registry, rules: GarbageRules(keepLast: 0), now: SmallCache.now)
    func keeper(_ number: Int) throws -> ArtifactKeeper? {
      let key = sampleArtifact(number).key
      return judge.keeper(
        of: key, stamp: try #require(FileSystem.stamp(of: cache.store.path(of: key))))
    }
    #expect(try keeper(8) == .liveRun("5-a"))
    #expect(try keeper(30) == .madeBeside(run: "5-a"))
    #expect(try keeper(0) == nil)
    withExtendedLifetime(live) {}
  }

  @Test func theCheckpointsOfAStoppedRunStayUntilALaterRunOfTheWorkflow() throws {
    // Made while the run was on, and listed nowhere.
    try cache.make(40..<41, daysAgo: 3)
    #expect(Set(try cache.going()) == [8, 40])
    let started = 3 + 5 / SmallCache.day
    try cache.enter("5-a", uses: [], daysAgo: started, status: .interrupted)
    #expect(try cache.going() == [8])
    #expect(try !cache.going(GarbageRules(keepLast: 1)).contains(40))
    try cache.enter("6-a", uses: [keys[6]], daysAgo: 2)
    #expect(Set(try cache.going()) == [8, 40])
  }

  @Test func whatARunPublishedBesideItsPlanIsUsedByIt() throws {
    try cache.make(50..<51, daysAgo: 50)
    #expect(Set(try cache.going()) == [8, 50])
    try cache.enter("7-a", uses: [], daysAgo: 1, published: [sampleArtifact(50).key])
    #expect(try cache.going() == [8])
  }

  @Test func noArtifactGoesWhileItIsNotKnownWhatRunsUse() throws {
    let list = try FileManager.default.contentsOfDirectory(atPath: "\(cache.store.root)/runs")
      .first { $0.hasSuffix(".keys") }
    let path = "\(cache.store.root)/runs/\(try #require(list))"
    let whole = try Data(contentsOf: URL(filePath: path))
    try whole.dropLast(65).write(to: URL(filePath: path))
    #expect(try cache.going(GarbageRules(keepLast: 0)) == [])
    #expect(try cache.plan().obstacles.count == 1)
    try whole.write(to: URL(filePath: path))
    #expect(try cache.going() == [8])
    try Data("{ \"format\": 99 }".utf8).write(
      to: URL(filePath: "\(cache.store.root)/runs/9-z.json"))
    #expect(try cache.going(GarbageRules(keepLast: 0)) == [])
    #expect(
      try cache.plan().obstacles == [
        .newerRecord(path: "\(cache.store.root)/runs/9-z.json", format: 99)
      ])
  }

  @Test func onlyRunsThatNoRuleKeepsAndWhoseFoldersAreGoneAreForgotten() throws {
    try cache.enter("0-a", uses: [keys[0]], daysAgo: 200, folder: "/nowhere/at/all")
    try cache.enter("8-a", uses: [keys[0]], daysAgo: 1, folder: "/nowhere/at/all")
    #expect(try cache.plan().runs.isEmpty)
    #expect(try cache.plan(GarbageRules(maxSize: 0)).runs.isEmpty)
    #expect(try cache.plan(GarbageRules(keepLast: 1)).runs.map(\.id) == ["0-a"])
    #expect(try cache.plan(GarbageRules(olderThan: 7 * SmallCache.day)).runs.map(\.id) == ["0-a"])
    #expect(try cache.plan(GarbageRules(keepLast: 9)).runs.isEmpty)
  }
}

import Foundation
import JSONDocument
import Stages
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs that use every stage kind, killed at many points; the same command afterwards ends in the same bits.
@Suite struct EveryKindKillTests {
  @Test func theStudiesUseEveryStageKind() throws {
    let used = try [
      EveryKindStudy.events, EveryKindStudy.imports, GraphFileTests.workflow,
    ].flatMap { text in
      let json = try JSONDocument(parsing: Array(text.utf8), file: "workflow").root
      return (json["stages"]?.members ?? []).compactMap { $0.value["uses"]?.stringValue }
    }
    #expect(Set(used) == Set(StageKinds.all.map(\.name)))
  }

  @Test(arguments: ["events", "graphs", "imports"])
  func killedAtAnyStageTheBitsComeOutTheSame(name: String) throws {
    let study = try EveryKindStudy()
    let clean = try study.run(name, cache: "clean")
    try #require(clean.code == 0, "\(clean.errors)")
    let objects = try CacheObjects.all(in: study.folder.appending("clean"))
    // Killed again and again, each time a few artifacts later; every stage is met in one of the runs.
    let step = FaultSweep.isFull ? 1 : 7
    var kills = 0
    for point in stride(from: 1, to: objects.count, by: step) {
      let running = try Program.start(
        study.arguments(name, cache: "killed"), in: study.folder.path)
      let cache = study.folder.appending("killed")
      while CacheObjects.names(in: cache).count < point, running.process.isRunning {}
      let workers = running.children
      kill(running.identifier, SIGKILL)
      for worker in workers { kill(worker, SIGKILL) }
      if running.wait().signaled { kills += 1 }
    }
    #expect(kills > 1)
    let last = try study.run(name, cache: "killed")
    #expect(last.code == 0, "\(last.errors)")
    #expect(try CacheObjects.all(in: study.folder.appending("killed")) == objects)
    #expect(try study.results(cache: "killed") == study.results(cache: "clean"))
  }
}

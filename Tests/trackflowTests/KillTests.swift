import Foundation
import JSONDocument
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Real runs, killed at many points; the same command afterwards must end in the bits of a run that was not.
@Suite struct KillTests {
  enum Victim: String, CaseIterable {
    case driver
    case worker
    case both
  }

  @Test(arguments: Victim.allCases)
  func whateverIsKilledTheBitsComeOutTheSame(victim: Victim) throws {
    let study = try SmallStudy()
    let clean = try study.run(cache: "clean")
    try #require(clean.code == 0, "\(clean.errors)")
    let objects = try study.objects(cache: "clean")
    let results = try study.report(cache: "clean")["results"]
    var kills = 0
    for point in 0...objects.count {
      let cache = "cache\(point)"
      let running = try Program.start(study.arguments(cache: cache), in: study.folder.path)
      // Waits for progress, not for time: the kill falls at the given number of artifacts.
      while study.objectCount(cache: cache) < point, running.process.isRunning {}
      let workers = running.children
      if victim != .worker { kill(running.identifier, SIGKILL) }
      if victim != .driver { for worker in workers { kill(worker, SIGKILL) } }
      let ending = running.wait()
      if ending.signaled || !workers.isEmpty { kills += 1 }
      if victim == .worker {
        #expect(ending.code == 0, "killed workers at \(point): \(ending.errors)")
      } else {
        let again = try study.run(cache: cache)
        #expect(again.code == 0, "killed \(victim) at \(point): \(again.errors)")
      }
      let made = try study.objects(cache: cache)
      #expect(made == objects, "killed \(victim) at \(point)")
      #expect(try study.report(cache: cache)["results"] == results)
      #expect(CacheObjects.partial(in: study.folder.appending(cache)).isEmpty)
    }
    #expect(kills > objects.count / 2, "too few kills met a live run to show anything")
  }

  @Test func workersEndWithTheirDriver() throws {
    let study = try SmallStudy()
    // A training long enough to be met.
    let running = try Program.start(
      study.arguments(cache: "cache", ["--set", "train.epochs=1000000"]), in: study.folder.path)
    while study.objectCount(cache: "cache") < 8, running.process.isRunning {}
    let workers = running.children
    #expect(!workers.isEmpty)
    kill(running.identifier, SIGKILL)
    _ = running.wait()
    for worker in workers { while isRunning(worker) {} }
  }

  @Test func aRequestToEndStopsTheRunAndItGoesOnLater() throws {
    let study = try SmallStudy()
    let running = try Program.start(study.arguments(cache: "cache"), in: study.folder.path)
    while study.objectCount(cache: "cache") < 3, running.process.isRunning {}
    kill(running.identifier, SIGTERM)
    let ending = running.wait()
    #expect(ending.code == 130 || ending.code == 0)
    #expect(!ending.signaled)
    let again = try study.run(cache: "cache")
    #expect(again.code == 0, "\(again.errors)")
    try #require(study.run(cache: "clean").code == 0)
    #expect(try study.objects(cache: "cache") == study.objects(cache: "clean"))
  }

  /// A process that ended but was not yet waited for counts as gone.
  private func isRunning(_ identifier: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else {
      return false
    }
    return text.split(separator: ")").last?.hasPrefix(" Z") == false
  }
}

import Foundation
import JSONDocument
import TestSupport
import Testing

/// System calls of a run that kill it or fail: afterwards the same command ends in the bits of an undisturbed run.
@Suite(.enabled(if: FaultSweep.canTrace, FaultSweep.absence)) struct FaultTests {
  /// A study whose undisturbed run is known.
  private struct Known {
    let study: SmallStudy
    let objects: [String: Data]
    let results: JSONValue?

    init() throws {
      study = try SmallStudy()
      let clean = try study.run(cache: "clean")
      try #require(clean.code == 0, "\(clean.errors)")
      objects = try study.objects(cache: "clean")
      results = try study.report(cache: "clean")["results"]
    }

    /// What is in the cache after a fault is whole, and the next run ends as the undisturbed one did.
    func expectWhole(_ cache: String, after fault: String) throws {
      for (name, bytes) in try study.objects(cache: cache) {
        #expect(objects[name] == bytes, "\(name) after \(fault)")
      }
      let again = try study.run(cache: cache)
      #expect(again.code == 0, "after \(fault): \(again.errors)")
      #expect(try study.objects(cache: cache) == objects, "after \(fault)")
      #expect(try study.report(cache: cache)["results"] == results, "after \(fault)")
      #expect(CacheObjects.partial(in: study.folder.appending(cache)).isEmpty, "after \(fault)")
    }
  }

  @Test(arguments: [
    "rename", "fsync", "fdatasync", "write", "pwrite64", "openat", "unlink", "fcntl", "mkdir",
  ])
  func killedAtAnyCallThePlainRerunEndsTheSame(call: String) throws {
    let known = try Known()
    var kills = 0
    for number in FaultSweep.calls {
      let fault = "\(call):signal=KILL:when=\(number)"
      let cache = "cache\(number)"
      let ending = try FaultSweep.run(
        fault, program: known.study.arguments(cache: cache), in: known.study.folder.path)
      if ending.signaled { kills += 1 }
      try known.expectWhole(cache, after: fault)
      try? FileManager.default.removeItem(atPath: known.study.folder.appending(cache))
    }
    if ["rename", "fsync", "write", "pwrite64", "openat"].contains(call) { #expect(kills > 0) }
  }

  @Test(arguments: [
    "fsync:error=EIO", "fdatasync:error=EIO", "write:error=ENOSPC", "pwrite64:error=ENOSPC",
    "rename:error=EIO", "openat:error=EMFILE", "openat:error=EIO", "mkdir:error=ENOSPC",
    "pread64:error=EIO", "ftruncate:error=ENOSPC",
  ])
  func aCallThatFailsIsAnErrorAndNothingHalfIsTrusted(fault: String) throws {
    let known = try Known()
    for number in FaultSweep.calls {
      let cache = "cache\(number)"
      let ending = try FaultSweep.run(
        "\(fault):when=\(number)", program: known.study.arguments(cache: cache),
        in: known.study.folder.path)
      #expect(!ending.signaled, "\(fault) at \(number): \(ending.errors)")
      #expect(ending.code == 0 || !ending.errors.isEmpty, "\(fault) at \(number)")
      try known.expectWhole(cache, after: "\(fault) at \(number)")
      try? FileManager.default.removeItem(atPath: known.study.folder.appending(cache))
    }
  }
}

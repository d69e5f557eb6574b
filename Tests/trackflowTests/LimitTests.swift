import Foundation
import JSONDocument
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a stage's tasks may take: time, memory, workers.
@Suite struct LimitTests {
  @Test func aHungTaskIsEndedWithItsChildrenAndTriedAgain() throws {
    let study = try Rehearsal(events: 2)
    let ending = try study.run([
      "work.fault=hang", "work.faultEvents=[1]", "work.timeLimit=1 s",
    ])
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(ending.errors.contains("it took longer than its time limit of 1 s"))
    #expect(study.journal("retry").first?["cause"] == "timeLimit")
    #expect(try study.objects() == study.undisturbed())
    #expect(!isRunning(with: study.folder.appending("cache")))
  }

  @Test func aStoppedWorkerIsEndedByItsTimeLimit() throws {
    let study = try Rehearsal(events: 1)
    let running = try study.start(["work.timeLimit=2 s", "work.seconds=1"])
    while study.journal("start").isEmpty, running.process.isRunning {}
    for worker in running.children { kill(worker, SIGSTOP) }
    let ending = running.wait()
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(study.journal("retry").count == 1)
  }

  @Test func aTaskThatRunsOutOfMemoryIsToldApartAndTriedWithFewerWorkers() throws {
    let study = try Rehearsal(events: 4)
    let ending = try study.run(["work.fault=exhaust-memory", "work.faultEvents=[0]"])
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(study.journal("retry").first?["cause"] == "outOfMemory")
    #expect(ending.errors.contains("the worker ran out of memory"))
    #expect(ending.errors.contains("with 1 worker"))
    #expect(try study.objects() == study.undisturbed())
  }

  @Test func aTaskThatTakesMoreThanItsMemoryIsEndedWithWords() throws {
    let study = try Rehearsal(events: 1)
    let ending = try study.run([
      "work.takes=400 MB", "work.seconds=20", "work.memory=200 MB", "work.retries=0",
    ])
    #expect(ending.code == 3, "\(ending.errors)")
    let reason = ending.json?["setAside"]?.arrayValue?.first?["reason"]?.stringValue
    #expect(reason?.contains("more than its memory of 200 MB") == true, "\(ending.output)")
    let done = try study.run(["work.takes=400 MB"])
    #expect(done.code == 0)
    let peak = study.journal("done").first?["peakMemory"]?.intValue ?? 0
    #expect(peak > 400_000_000)
  }

  @Test func noMoreTasksOfAStageRunAtOnceThanItsWorkers() throws {
    let study = try Rehearsal(events: 4)
    let ending = try study.run(["work.workers=1", "work.seconds=0.2"])
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(Set(study.journal("start").compactMap { $0["worker"]?.intValue }) == [0])
  }

  @Test func tooFewOpenFilesAreNeverRememberedAsAFailure() throws {
    let study = try Rehearsal()
    let arguments = [Program.path] + study.arguments([], cache: "few")
    for limit in [8, 12, 16, 20] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/prlimit")
      process.arguments = ["--nofile=\(limit)"] + arguments
      process.currentDirectoryURL = URL(filePath: study.folder.path)
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let words = String(
        decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 69)
      #expect(words.contains("ulimit -n"), "\(words)")
      #expect(process.terminationReason == .exit, "at \(limit) files")
    }
    #expect(try study.run(cache: "few").code == 0)
    #expect(try study.objects(cache: "few") == study.undisturbed())
  }
}

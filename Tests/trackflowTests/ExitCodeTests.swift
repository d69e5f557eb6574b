import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Every exit code of the README is reached; 70, which is for errors of the program itself, by none that is known.
@Suite struct ExitCodeTests {
  let study: SmallStudy

  init() throws { study = try SmallStudy() }

  private func code(_ arguments: [String]) throws -> Int32 {
    try Program.run(arguments, in: study.folder.path).code
  }

  @Test func successAndUsage() throws {
    #expect(try code(["--version"]) == 0)
    #expect(try code(["plan"]) == 64)
  }

  @Test func whatIsWrongWithInputsAndWorkflows() throws {
    _ = try study.folder.write("not,a,submission\n", to: "bad.csv")
    #expect(
      try code(["score", "bad.csv", "--truth", study.eventFile(10, "truth")]) == 65)
    #expect(try code(["plan", "nowhere.json"]) == 66)
    _ = try study.folder.write("{", to: "cut.json")
    #expect(try code(["plan", "cut.json"]) == 78)
  }

  @Test func whatCanNotBeWritten() throws {
    _ = try study.folder.write("a file", to: "file")
    #expect(try code(["geometry", "--out", "nowhere/detectors.csv"]) == 73)
    #expect(try code(["run", "small.json", "--quiet", "--cache", "file/cache"]) == 74)
  }

  @Test func anEventThatIsSetAside() throws {
    try Data().write(to: URL(filePath: study.eventFile(10, "hits")))
    #expect(try study.run(cache: "cache").code == 3)
  }

  @Test func aWorkerThatCanNotBeStarted() throws {
    // A program whose file is gone cannot start itself again.
    let command = """
      cp "$PROGRAM" copy && exec 3< copy && rm copy && \
      exec /proc/self/fd/3 \(study.arguments(cache: "cache").joined(separator: " "))
      """
    let ending = try Program.start(
      ["-c", command], in: study.folder.path, environment: ["PROGRAM": Program.path],
      executable: "/bin/bash"
    ).wait()
    #expect(ending.code == 69, "\(ending.errors)")
  }

  @Test func aRunThatIsInterrupted() throws {
    let running = try Program.start(
      study.arguments(cache: "cache", ["--set", "train.epochs=20000"]), in: study.folder.path)
    while study.objectCount(cache: "cache") < 6, running.process.isRunning {}
    kill(running.identifier, SIGTERM)
    #expect(running.wait().code == 130)
  }
}

import Foundation
import TestSupport
import Testing

/// A cache on a disk that is full, and one that can't be written.
@Suite(.enabled(if: OwnMounts.areAllowed, OwnMounts.absence)) struct FullDiskTests {
  @Test(arguments: [60, 150, 300])
  func aFullDiskIsNamedAndWhatWasDoneIsKept(kilobytes: Int) throws {
    let study = try SmallStudy()
    try #require(study.run(cache: "clean").code == 0)
    let run = "\"$TRACKFLOW\" run small.json --cache disk/cache --run-dir run --quiet"
    let said = try OwnMounts.run(
      """
      mkdir disk; mount -t tmpfs -o size=\(kilobytes)k tmpfs disk
      \(run); echo "first $?"
      mount -o remount,size=100m disk
      \(run); echo "second $?"
      cp -r disk/cache kept
      """, in: study.folder)
    #expect(said.contains("first 74"), "\(said)")
    #expect(said.contains("disk/cache"), "\(said)")
    #expect(said.contains("second 0"), "\(said)")
    #expect(try study.objects(cache: "kept") == study.objects(cache: "clean"))
  }

  @Test func aCacheThatCanNotBeWrittenStillServesItsResults() throws {
    let study = try SmallStudy()
    try #require(study.run(cache: "cache").code == 0)
    let run = "\"$TRACKFLOW\" run small.json --cache cache --run-dir other"
    let said = try OwnMounts.run(
      """
      mount --bind cache cache; mount -o remount,bind,ro cache
      \(run); echo "served $?"
      \(run) --set train.epochs=7; echo "more $?"
      "$TRACKFLOW" plan small.json --cache cache; echo "plan $?"
      """, in: study.folder)
    #expect(said.contains("served 0"), "\(said)")
    #expect(said.contains("more 74"), "\(said)")
    #expect(said.contains("can't be written"), "\(said)")
    #expect(said.contains("plan 0"), "\(said)")
    #expect(
      FileManager.default.fileExists(atPath: study.folder.appending("other/report.html")))
  }
}

/// File systems that a test mounts for itself.
enum OwnMounts {
  /// Whether this machine lets a test mount a file system of its own.
  static let areAllowed: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static let absence: Comment = "SKIPPED: no file system may be mounted here (run as root)"

  /// Runs a script in a mount namespace of its own, with the program as $TRACKFLOW, and gives what it said.
  static func run(_ text: String, in folder: TemporaryFolder) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["-m", "/bin/sh", "-c", text]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(["TRACKFLOW": Program.path]) {
      $1
    }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }
}

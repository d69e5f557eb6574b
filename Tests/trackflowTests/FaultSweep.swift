import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Faults that `strace` injects into system calls of a run and its workers.
enum FaultSweep {
  /// `make test-faults` sweeps over every call; otherwise a few are tried.
  static let isFull = ProcessInfo.processInfo.environment["TRACKFLOW_FAULTS"] == "full"

  /// The calls of each thread at which a fault strikes.
  static var calls: [Int] {
    isFull ? Array(1...60) + Array(stride(from: 65, through: 400, by: 5)) : [1, 2, 3, 5, 9, 20]
  }

  static let strace = "/usr/bin/strace"

  /// Whether this machine lets one process trace another.
  static let canTrace: Bool = {
    guard FileManager.default.isExecutableFile(atPath: strace) else { return false }
    return (try? run(["-qq", "-o", "/dev/null", "/bin/true"], in: "/"))?.code == 0
  }()

  static let absence: Comment =
    "SKIPPED: strace is not there, or may not trace (apt-get install strace; a container needs SYS_PTRACE)"

  /// Runs the program while a fault is injected, such as `fsync:error=EIO:when=3`.
  static func run(_ fault: String, program arguments: [String], in folder: String) throws
    -> (code: Int32, signaled: Bool, errors: String)
  {
    let calls = fault.split(separator: ":")[0]
    return try run(
      [
        "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
        "inject=\(fault)", Program.path,
      ] + arguments, in: folder)
  }

  private static func run(_ arguments: [String], in folder: String) throws
    -> (code: Int32, signaled: Bool, errors: String)
  {
    let process = Process()
    process.executableURL = URL(filePath: strace)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    // A run that hangs is a fault that was not survived.
    let watchdog = DispatchWorkItem { kill(process.processIdentifier, SIGTERM) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 180, execute: watchdog)
    defer { watchdog.cancel() }
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, process.terminationReason == .uncaughtSignal,
      String(decoding: said, as: UTF8.self)
    )
  }
}

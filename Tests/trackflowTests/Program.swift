import Foundation
import JSONDocument
import TestSupport
import Testing

/// The built program, run as a user runs it.
struct Program {
  /// The executable beside the test bundle.
  static let path: String = {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for candidate in [folder, folder.deletingLastPathComponent()] {
      let path = candidate.appending(path: "trackflow").path
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    return Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().path + "/trackflow" }
      .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "trackflow"
  }()

  struct Ending {
    var code: Int32
    var signaled: Bool
    var output: String
    var errors: String

    /// Standard output as JSON.
    var json: JSONValue? {
      try? JSONDocument(parsing: Array(output.utf8), file: "standard output").root
    }
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws -> Ending {
    let running = try start(arguments, in: folder, environment: environment)
    return running.wait()
  }

  /// Starts the program.
  ///
  /// - Parameter errors: takes its standard error; nil for a file that is read at the end.
  static func start(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    errors: FileHandle? = nil
  ) throws -> Running {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let names = ["out", "err"].map { "\(folder)/.\($0)-\(UUID().uuidString)" }
    for name in names { #expect(FileManager.default.createFile(atPath: name, contents: nil)) }
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: names[0]))
    process.standardError = try errors ?? FileHandle(forWritingTo: URL(filePath: names[1]))
    try process.run()
    return Running(process: process, outputPath: names[0], errorPath: names[1])
  }

  /// A started program.
  struct Running {
    let process: Process
    let outputPath: String
    let errorPath: String

    var identifier: Int32 { process.processIdentifier }

    /// Processes that the program started and that still run.
    var children: [Int32] {
      let path = "/proc/\(identifier)/task"
      let threads = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return threads.flatMap { thread in
        let text = try? String(contentsOfFile: "\(path)/\(thread)/children", encoding: .utf8)
        return (text ?? "").split(separator: " ").compactMap { Int32($0) }
      }
    }

    func wait() -> Ending {
      process.waitUntilExit()
      func text(_ path: String) -> String {
        defer { try? FileManager.default.removeItem(atPath: path) }
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      }
      return Ending(
        code: process.terminationStatus,
        signaled: process.terminationReason == .uncaughtSignal, output: text(outputPath),
        errors: text(errorPath))
    }
  }
}

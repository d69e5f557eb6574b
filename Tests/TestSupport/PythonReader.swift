import Foundation

/// A Python with the packages that others read the program's files with.
///
/// It is that of `TRACKFLOW_PYTHON`, else the one that `make python` makes (`build/python`), else
/// `python3`. A test that needs packages says so:
///
///     @Test(.enabled(if: PythonReader.has("pandas"), "\(PythonReader.absence("pandas"))"))
public enum PythonReader {
  static let checkout = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The interpreter: a path, or a name that the shell looks up.
  public static let interpreter: String = {
    if let told = ProcessInfo.processInfo.environment["TRACKFLOW_PYTHON"], !told.isEmpty {
      return told
    }
    let made = checkout.appending(path: "build/python/bin/python").path
    return FileManager.default.isExecutableFile(atPath: made) ? made : "python3"
  }()

  /// Whether the interpreter runs and has all of these packages.
  public static func has(_ packages: String...) -> Bool { missing(packages).isEmpty }

  /// What a skipped test says.
  public static func absence(_ packages: String...) -> String {
    "SKIPPED: \(interpreter) lacks \(missing(packages).joined(separator: ", "));"
      + " `make python` gets them, or TRACKFLOW_PYTHON names a Python that has them"
  }

  public struct Ending: Sendable {
    public var code: Int32
    public var output: String
    public var errors: String
  }

  /// Runs a script of `Tests/readers/` to its end.
  public static func run(_ script: String, _ arguments: [String]) throws -> Ending {
    let path = checkout.appending(path: "Tests/readers").appending(path: script).path
    return try run([path] + arguments)
  }

  private static func missing(_ packages: [String]) -> [String] {
    packages.filter { !found.contains($0) }
  }

  /// Those of the packages that the interpreter finds; none where it does not run.
  private static let found: Set<String> = {
    let list = checkout.appending(path: "Tests/readers/requirements.txt")
    let names = ((try? String(contentsOf: list, encoding: .utf8)) ?? "").split(separator: "\n")
      .map(String.init).filter { !$0.hasPrefix("#") }
    let script = """
      import importlib.util, sys
      print(*[name for name in sys.argv[1:] if importlib.util.find_spec(name)])
      """
    let ending = try? run(["-c", script] + names)
    return Set((ending?.output ?? "").split(whereSeparator: \.isWhitespace).map(String.init))
  }()

  private static func run(_ arguments: [String]) throws -> Ending {
    let folder = try TemporaryFolder()
    let paths = ["out", "err"].map { folder.appending($0) }
    for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [interpreter] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: paths[0]))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: paths[1]))
    try process.run()
    process.waitUntilExit()
    return Ending(
      code: process.terminationStatus,
      output: try String(contentsOfFile: paths[0], encoding: .utf8),
      errors: try String(contentsOfFile: paths[1], encoding: .utf8))
  }
}

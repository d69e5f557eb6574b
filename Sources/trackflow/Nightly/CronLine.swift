import ArtifactStore
import Foundation

/// A nightly evaluation as a line of the user's crontab, which its comment marks as our own.
struct CronLine {
  let job: NightlyJob

  /// `30 2 * * * cd … && … # trackflow-nightly-1f3a92c4`
  func text() throws -> String {
    let command = try ([job.executable] + job.arguments).map(Self.quoted).joined(separator: " ")
    return "\(job.time.minute) \(job.time.hour) * * * cd \(try Self.quoted(job.workingFolder))"
      + " && \(command) >> \(try Self.quoted(job.folder.log)) 2>&1 # \(job.mark)"
  }

  /// Puts the line into the crontab, in the place of an earlier one.
  func install() async throws {
    let line = try text()
    guard let lines = try await Self.lines() else { throw NightlyError.noScheduler }
    try FileSystem.createFolder(job.folder.path)
    try await Self.write(lines.filter { !Self.isMarked($0, by: job.mark) } + [line])
  }

  static func isAvailable() async -> Bool { (try? await lines()) != nil }

  /// Takes the line away.
  ///
  /// - Returns: whether there was one.
  static func uninstall(mark: String) async throws -> Bool {
    guard let lines = try await lines() else { return false }
    let others = lines.filter { !isMarked($0, by: mark) }
    guard others.count < lines.count else { return false }
    try await write(others)
    return true
  }

  static func installed(mark: String) async -> InstalledNightly? {
    guard let lines = try? await lines(), let line = lines.last(where: { isMarked($0, by: mark) })
    else { return nil }
    let fields = line.split(separator: " ", maxSplits: 2)
    let time =
      fields.count == 3
      ? Int(fields[1]).flatMap { hour in
        Int(fields[0]).map { TimeOfDay(hour: hour, minute: $0) }
      } : nil
    return InstalledNightly(how: "a cron line", place: line, time: time, isActive: nil)
  }

  private static func isMarked(_ line: String, by mark: String) -> Bool {
    line.hasSuffix("# \(mark)")
  }

  /// The user's crontab; nil where there is no such program.
  ///
  /// - Throws: where it can't be read, so that it is never written over.
  private static func lines() async throws -> [String]? {
    guard let ending = await SystemTool.run("crontab", ["-l"]) else { return nil }
    if !ending.succeeded {
      let isNone = ["no crontab", "No such file"].contains { ending.errors.contains($0) }
      guard isNone, ending.output.isEmpty else {
        throw NightlyError.tool(name: "crontab -l", reason: ending.complaint)
      }
      return []
    }
    var lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private static func write(_ lines: [String]) async throws {
    let text = lines.map { $0 + "\n" }.joined()
    guard let ending = await SystemTool.run("crontab", ["-"], input: text) else {
      throw NightlyError.noScheduler
    }
    guard ending.succeeded else {
      throw NightlyError.tool(name: "crontab -", reason: ending.complaint)
    }
  }

  /// A word for the shell that cron hands the line to.
  ///
  /// Cron takes a per cent sign for the end of the command unless a backslash is before it, and takes that away;
  /// of other backslashes crons make different things, so none is written.
  static func quoted(_ word: String) throws -> String {
    let isOdd = word.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" }
    guard !isOdd else {
      throw NightlyError.unquotable(
        path: word, what: "a backslash or control character",
        instead: "use --systemd, or choose another folder")
    }
    let text = word.replacing("'", with: "'\"'\"'").replacing("%", with: "\\%")
    return "'\(text)'"
  }
}

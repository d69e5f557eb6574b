import ArtifactStore
import Foundation

/// A nightly evaluation as a timer of systemd's user manager.
struct SystemdTimer {
  let job: NightlyJob

  /// The two files, by name.
  func files() throws -> [(name: String, text: String)] {
    [
      ("\(job.mark).service", try service()), ("\(job.mark).timer", try timer()),
    ]
  }

  /// Writes the files and switches the timer on.
  func install() async throws {
    for file in try files() {
      try FileSystem.publish(Array(file.text.utf8), to: "\(Self.unitFolder)/\(file.name)")
    }
    try FileSystem.createFolder(job.folder.path)
    try await Self.systemctl(["daemon-reload"])
    // `--now` starts it; one that is on already takes the new time from the restart.
    try await Self.systemctl(["enable", "\(job.mark).timer"])
    try await Self.systemctl(["restart", "\(job.mark).timer"])
  }

  /// Whether there is a user manager to talk to.
  static func isAvailable() async -> Bool {
    await SystemTool.run("systemctl", ["--user", "show-environment"])?.succeeded == true
  }

  /// Takes the timer away.
  ///
  /// - Returns: whether there was one.
  static func uninstall(mark: String) async throws -> Bool {
    let paths = ["timer", "service"].map { "\(unitFolder)/\(mark).\($0)" }
    guard paths.contains(where: { FileSystem.stamp(of: $0) != nil }) else { return false }
    let isAvailable = await isAvailable()
    if isAvailable { try await systemctl(["disable", "--now", "\(mark).timer"]) }
    for path in paths where FileSystem.stamp(of: path) != nil {
      try FileManager.default.removeItem(atPath: path)
    }
    if isAvailable { try await systemctl(["daemon-reload"]) }
    return true
  }

  static func installed(mark: String) async -> InstalledNightly? {
    let path = "\(unitFolder)/\(mark).timer"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let time = text.split(separator: "\n").compactMap { line in
      line.wholeMatch(of: /OnCalendar=\*-\*-\* ([0-9]{2}:[0-9]{2}):00/).flatMap {
        TimeOfDay(String($0.1))
      }
    }.first
    let state = await SystemTool.run("systemctl", ["--user", "is-active", "\(mark).timer"])
    return InstalledNightly(
      how: "a systemd user timer", place: path, time: time,
      isActive: state.map { $0.output.hasPrefix("active") })
  }

  static var unitFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let set = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    return (set ?? home + "/.config") + "/systemd/user"
  }

  private static func systemctl(_ arguments: [String]) async throws {
    guard let ending = await SystemTool.run("systemctl", ["--user"] + arguments) else {
      throw NightlyError.noScheduler
    }
    guard ending.succeeded else {
      throw NightlyError.tool(
        name: "systemctl --user \(arguments.joined(separator: " "))", reason: ending.complaint)
    }
  }

  // MARK: - Text

  private static let head =
    "# Written by `trackflow nightly install`; `trackflow nightly uninstall` takes it away.\n"

  private func service() throws -> String {
    // The colon keeps systemd from replacing $names; it is within the quotes of the program's path.
    let words = [":" + job.executable] + job.arguments
    return try Self.head + """
      [Unit]
      Description=\(Self.plain(description))

      [Service]
      Type=oneshot
      WorkingDirectory=\(Self.path(job.workingFolder))
      ExecStart=\(try words.map(Self.quoted).joined(separator: " "))
      StandardOutput=append:\(Self.path(job.folder.log))
      StandardError=append:\(Self.path(job.folder.log))
      SuccessExitStatus=\(ExitStatus.eventsSetAside.rawValue)
      Nice=10

      """
  }

  private func timer() throws -> String {
    try Self.head + """
      [Unit]
      Description=\(Self.plain(description))

      [Timer]
      OnCalendar=*-*-* \(job.time.text):00
      Persistent=true

      [Install]
      WantedBy=timers.target

      """
  }

  private var description: String {
    "trackflow's nightly evaluation of \(job.workflow) in \(job.folder.path)"
  }

  /// A word of a command line: quotes and backslashes are escaped, a per cent sign is doubled.
  static func quoted(_ word: String) throws -> String {
    "\"\(try plain(word).replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// A path that stands for itself to the end of the line.
  static func path(_ path: String) throws -> String {
    let text = try plain(path)
    guard !path.hasSuffix(" "), !path.hasSuffix("\\") else {
      throw NightlyError.unquotable(
        path: path, what: "a space or backslash at its end", instead: "choose another folder")
    }
    return text
  }

  /// Text in which no per cent sign stands for something else, and that ends no line.
  private static func plain(_ text: String) throws -> String {
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw NightlyError.unquotable(
        path: text, what: "a line break or another control character",
        instead: "choose another folder")
    }
    return text.replacing("%", with: "%%")
  }
}

import Foundation
import JSONDocument
import TestSupport
import Testing

/// Setting up timers and cron lines, with programs in the place of systemd's and cron's that write down what they are told.
@Suite struct NightlyScheduleTests {
  let folder: TemporaryFolder
  /// Where the commands are given: a name that every quoting has to bear.
  private let place = "it's 100% \"ours\" $HOME"

  private static let systemctl = """
    #!/bin/sh
    echo "$@" >> "$TOOLS/systemctl.log"
    exit "$SYSTEMCTL_CODE"
    """

  private static let crontab = """
    #!/bin/sh
    if [ "$1" = -l ]; then
      [ -f "$TOOLS/crontab" ] && exec cat "$TOOLS/crontab"
      echo "$CRONTAB_WORDS" >&2
      exit 1
    fi
    cat > "$TOOLS/crontab"
    """

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(SmallStudy.workflow, to: "\(place)/small.json")
    for (name, text) in [("systemctl", Self.systemctl), ("crontab", Self.crontab)] {
      let path = try folder.write(text, to: "bin/\(name)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }

  private func nightly(
    _ arguments: [String], systemd: Bool = true, hasTools: Bool = true,
    noCrontab: String = "no crontab for someone"
  ) throws -> Program.Ending {
    let path = hasTools ? folder.appending("bin") + ":/usr/bin:/bin" : folder.appending("none")
    return try Program.run(
      ["nightly"] + arguments, in: folder.appending(place),
      environment: [
        "PATH": path, "TOOLS": folder.path, "HOME": folder.appending("home"),
        "XDG_CONFIG_HOME": "", "SYSTEMCTL_CODE": systemd ? "0" : "1", "CRONTAB_WORDS": noCrontab,
      ])
  }

  private func text(_ path: String) -> String {
    (try? String(contentsOfFile: folder.appending(path), encoding: .utf8)) ?? ""
  }

  private var units: [String] {
    let path = folder.appending("home/.config/systemd/user")
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
      .map { "\(path)/\($0)" }
  }

  private var cronLines: [String] { text("crontab").split(separator: "\n").map(String.init) }

  @Test func systemdIsTakenWhereItWorks() throws {
    for _ in 1...2 {
      let ending = try nightly(["install", "small.json", "--at", "3:05", "--set", "train.epochs=7"])
      #expect(ending.code == 0, "\(ending.errors)")
    }
    #expect(units.count == 2 && cronLines.isEmpty)
    let timer = try #require(units.last)
    #expect(timer.hasSuffix(".timer"))
    let text = try String(contentsOfFile: timer, encoding: .utf8)
    #expect(text.contains("OnCalendar=*-*-* 03:05:00\nPersistent=true\n"))
    let service = try String(contentsOfFile: units[0], encoding: .utf8)
    let path = folder.appending(place).replacing("%", with: "%%")
    #expect(service.contains("WorkingDirectory=\(path)\n"))
    #expect(service.contains("StandardOutput=append:\(path)/nightly/nightly.log\n"))
    let quoted = path.replacing("\"", with: "\\\"")
    #expect(
      service.contains(
        " \"nightly\" \"run\" \"\(quoted)/small.json\" \"--folder\" \"\(quoted)/nightly\" \"--set\" \"train.epochs=7\"\n"
      ))
    #expect(service.contains("ExecStart=\":/"))
    let name = URL(filePath: timer).lastPathComponent
    #expect(self.text("systemctl.log").contains("--user enable \(name)\n--user restart \(name)\n"))
    let status = try nightly(["status", "--json"])
    #expect(status.json?["installed"]?.arrayValue?.count == 1)
    let entry = status.json?["installed"]?.arrayValue?.first
    #expect(entry?["at"] == "03:05" && entry?["how"] == "a systemd user timer")
    #expect(entry?["next"]?.stringValue?.contains("T") == true)
    #expect(try nightly(["uninstall"]).code == 0)
    #expect(units.isEmpty)
    #expect(self.text("systemctl.log").contains("--user disable --now \(name)\n"))
    let none = try nightly(["uninstall"])
    #expect(none.code == 66 && none.errors.contains("`trackflow nightly install WORKFLOW` does it"))
  }

  private static let analyze = "/usr/bin/systemd-analyze"

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: analyze),
      "SKIPPED: no systemd-analyze here, so that nobody reads the unit files"))
  func systemdTakesTheUnits() throws {
    #expect(try nightly(["install", "small.json", "--systemd"]).code == 0)
    // A manager that is not there is complained of; of the files themselves nothing may be said.
    let runtime = ["XDG_RUNTIME_DIR": folder.path, "HOME": folder.appending("home")]
    let verified = try Program.start(
      ["verify", "--user", "--man=no"] + units, in: folder.path, environment: runtime,
      executable: Self.analyze
    ).wait()
    let complaints = verified.errors.split(separator: "\n").filter {
      $0.contains("trackflow-nightly")
    }
    #expect(complaints == [])
    #expect(verified.code == 0, "\(verified.errors)")
    let calendar = try Program.start(
      ["calendar", "*-*-* 02:30:00"], in: folder.path, executable: Self.analyze
    ).wait()
    #expect(calendar.code == 0 && calendar.output.contains("02:30:00"), "\(calendar.errors)")
  }

  @Test func cronIsTakenWhereSystemdDoesNotWork() throws {
    let others = "# mine\nMAILTO=me\n5 4 * * * true # trackflow-nightly-0000\n"
    _ = try folder.write(others, to: "crontab")
    for time in ["02:30", "04:15"] {
      let ending = try nightly(["install", "small.json", "--at", time], systemd: false)
      #expect(ending.code == 0, "\(ending.errors)")
    }
    #expect(cronLines.count == 4 && units.isEmpty)
    #expect(text("crontab").hasPrefix(others))
    let line = try #require(cronLines.last)
    #expect(line.hasPrefix("15 4 * * * cd '/"))
    #expect(!line.replacing("\\%", with: "").contains("%"))
    let status = try nightly(["status"], systemd: false)
    #expect(status.output.contains("installed as a cron line, every night at 04:15, next "))
    #expect(try nightly(["uninstall"], systemd: false).code == 0)
    #expect(text("crontab") == others)
  }

  @Test func theExecutorIsThatOfEveryNight() throws {
    #expect(try nightly(["install", "small.json", "--cron", "--executor", "slurm"]).code == 0)
    let line = try #require(cronLines.last)
    #expect(line.contains("--executor") && line.contains("slurm"), "\(line)")
  }

  /// Cron ends the command at a per cent sign unless a backslash is before it, which it takes away, and asks a shell.
  @Test func whatCronRunsIsANight() throws {
    let study = try SmallStudy()
    let path = folder.appending(place)
    try FileManager.default.copyItem(
      atPath: study.folder.appending("events"), toPath: "\(path)/events")
    #expect(try nightly(["install", "small.json", "--cron", "--workers", "2"]).code == 0)
    let line = try #require(cronLines.last)
    let fields = line.split(separator: " ", maxSplits: 5).map(String.init)
    let command = try #require(fields.last).replacing("\\%", with: "%")
    let ending = try Program.start(
      ["-c", command], in: folder.path, environment: ["PATH": "/usr/bin:/bin"],
      executable: "/bin/sh"
    ).wait()
    let log = text("\(place)/nightly/nightly.log")
    #expect(ending.code == 0, "\(ending.errors)\(log)")
    #expect(ending.output.isEmpty && ending.errors.isEmpty)
    #expect(log.contains("small: night "))
    #expect(text("\(place)/nightly/index.html").contains("1 night, the last on "))
  }

  @Test func aSecondWayTakesThePlaceOfTheFirst() throws {
    #expect(try nightly(["install", "small.json", "--cron"]).code == 0)
    #expect(try nightly(["install", "small.json", "--systemd"]).code == 0)
    #expect(cronLines.isEmpty && units.count == 2)
    #expect(try nightly(["install", "small.json", "--cron"]).code == 0)
    #expect(cronLines.count == 1 && units.isEmpty)
    // Each folder of nights has an entry of its own.
    #expect(try nightly(["install", "small.json", "--cron", "--folder", "other"]).code == 0)
    #expect(cronLines.count == 2)
  }

  @Test func whatIsPrintedIsNotDone() throws {
    let timer = try nightly(["install", "small.json", "--print"])
    #expect(timer.code == 0 && timer.output.contains("OnCalendar=*-*-* 02:30:00"))
    let line = try nightly(["install", "small.json", "--print", "--cron"])
    #expect(line.output.hasPrefix("30 2 * * * cd "))
    #expect(units.isEmpty && cronLines.isEmpty)
    #expect(!text("systemctl.log").contains("enable"))
    #expect(!FileManager.default.fileExists(atPath: folder.appending("\(place)/nightly")))
  }

  @Test func aCrontabThatCanNotBeReadIsLeftAlone() throws {
    let ending = try nightly(
      ["install", "small.json", "--cron"], noCrontab: "you are not allowed to use this program")
    #expect(ending.code == 69)
    #expect(ending.errors.contains("crontab -l: you are not allowed to use this program"))
    #expect(cronLines.isEmpty)
  }

  @Test func withoutEitherTheUserIsToldWhatToDo() throws {
    let ending = try nightly(["install", "small.json"], hasTools: false)
    #expect(ending.code == 69 && ending.errors.contains("--print --cron"))
    let status = try nightly(["status"], hasTools: false)
    #expect(
      status.code == 66 && status.errors.contains("`trackflow nightly run WORKFLOW` makes one"))
  }

  @Test func mistakesAreSaidAtOnce() throws {
    for time in ["25:00", "2:3", "half past two"] {
      #expect(try nightly(["install", "small.json", "--at", time]).code == 64)
    }
    #expect(try nightly(["install", "small.json", "--cron", "--systemd"]).code == 64)
    #expect(try nightly(["install", "none.json"]).code == 66)
    let odd = try nightly(["install", "small.json", "--cron", "--folder", "back\\slash"])
    #expect(odd.code == 64 && odd.errors.contains("use --systemd"))
    #expect(cronLines.isEmpty)
  }
}

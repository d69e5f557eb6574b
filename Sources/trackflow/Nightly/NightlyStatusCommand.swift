import ArgumentParser
import Foundation
import JSONDocument
import Reporting

struct NightlyStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract:
      "Say whether and how nights are scheduled, when the next is, and what the last came to.",
    discussion: HelpText.discussion(
      examples: ["nightly status", "nightly status --limit 30 --json"], exits: [.missingInput]))

  @OptionGroup var place: NightlyPlace

  @Option(help: ArgumentHelp("How many of the last nights are listed.", valueName: "n"))
  var limit: Int = 7

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a number of at least 1, not \(limit)") }
  }

  func run() async throws {
    do {
      let folder = place.folder
      let mark = NightlyJob.mark(of: folder)
      var installed: [InstalledNightly] = []
      if let timer = await SystemdTimer.installed(mark: mark) { installed.append(timer) }
      if let line = await CronLine.installed(mark: mark) { installed.append(line) }
      let history = folder.history()
      guard !installed.isEmpty || !history.nights.isEmpty || !history.unreadable.isEmpty else {
        throw NightlyError.noNights(folder: folder.path)
      }
      if json {
        print(json(of: history, installed, folder).prettyText)
      } else {
        for line in lines(of: history, installed, folder) { print(HistoryText.plain(line)) }
      }
    } catch {
      throw failing(error)
    }
  }

  private func lines(
    of history: NightHistory, _ installed: [InstalledNightly], _ folder: NightlyFolder
  ) -> [String] {
    var lines = installed.map { entry in
      var line = "installed as \(entry.how)"
      if let time = entry.time {
        line += ", every night at \(time.text)"
        if let next = time.next(after: Date()) {
          line += ", next \(HistoryText.time(next.timeIntervalSince1970))"
        }
      }
      if entry.isActive == false { line += "; it is NOT switched on: install it again" }
      return line
    }
    if installed.isEmpty {
      lines.append("not installed; `trackflow nightly install WORKFLOW` has it run every night")
    }
    lines += history.unreadable.map { "passed over: \($0)" }
    guard !history.nights.isEmpty else { return lines + ["no night yet"] }
    let rows = history.nights.suffix(limit).map { night -> [String] in
      let number = night.numbers.first
      let headline = number.flatMap { HeadlineNumber.named($0.name) }
      let difference = night.judgement?.differences.first { $0.name == number?.name }
      return [
        night.id, HistoryText.time(night.started), night.verdict,
        headline.map {
          "\($0.words.lowercased()) \($0.text(number?.value, uncertainty: number?.uncertainty))"
        } ?? "",
        difference?.verdict ?? night.reason ?? "",
      ]
    }
    lines += HistoryText.table([["NIGHT", "STARTED", "VERDICT", "RESULT", "CHANGE"]] + rows)
    return lines + ["all nights: \(folder.index)"]
  }

  private func json(
    of history: NightHistory, _ installed: [InstalledNightly], _ folder: NightlyFolder
  ) -> JSONValue {
    [
      "folder": .string(folder.path),
      "workflow": history.nights.isEmpty ? .null : .string(history.workflow),
      "installed": .array(
        installed.map { entry in
          let next = entry.time?.next(after: Date())
          return [
            "how": .string(entry.how), "place": .string(entry.place),
            "at": entry.time.map { .string($0.text) } ?? .null,
            "next": next.map { .string($0.formatted(.iso8601)) } ?? .null,
            "isActive": entry.isActive.map { .bool($0) } ?? .null,
          ]
        }),
      "nights": .array(history.nights.suffix(limit).map(\.summary)),
      "unreadable": .array(history.unreadable.map { .string($0) }),
    ]
  }
}

struct NightlyAcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Take a regression for good, so that later nights are compared with it.",
    discussion: HelpText.discussion(
      """
      For a change that was wanted although a number became worse. The reason shows on the page.
      """,
      examples: [
        "nightly accept --because \"half the time for 0.001 of the score\"",
        "nightly accept 20261124T023000Z --because \"a harder data set\"",
      ], exits: [.missingInput, .unavailable, .storage]))

  @Argument(help: ArgumentHelp("The night (default: the last one).", valueName: "night"))
  var id: String?

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var because: String

  @OptionGroup var place: NightlyPlace

  func run() throws {
    do {
      let folder = place.folder
      let history = folder.history()
      guard let last = history.nights.last else { throw NightlyError.noNights(folder: folder.path) }
      let lock = try folder.lock()
      defer { withExtendedLifetime(lock) {} }
      guard var night = history.night(id ?? last.id) else {
        throw NightlyError.noNight(id: id ?? last.id, folder: folder.path)
      }
      guard night.isRegression else {
        throw NightlyError.notARegression(id: night.id, verdict: night.verdict)
      }
      night.accepted = because
      try folder.write(night)
      try folder.writeIndex()
      print("later nights are compared with \(night.id)")
    } catch {
      throw failing(error)
    }
  }
}

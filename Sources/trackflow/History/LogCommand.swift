import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import JSONDocument

/// `trackflow log`: what the workers of a run said, and what became of their tasks.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Print what the workers of a run said, with retries and failures between.",
    discussion: HelpText.discussion(
      """
      The times are seconds since the run's start.
      """,
      examples: [
        "log last",
        "log last --stage graphs --event 21003",
        "log last --follow",
      ], exits: [.missingInput]))

  @Argument(help: ArgumentHelp("The run.", valueName: "run"))
  var name = "last"

  @Option(help: ArgumentHelp("Only what is of this stage.", valueName: "stage"))
  var stage: String?

  @Option(help: ArgumentHelp("Only what is of this event.", valueName: "number"))
  var event: Int?

  @Flag(name: .long, help: "Go on until the run ends.")
  var follow = false

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object a line.")
  var json = false

  func run() async throws {
    do {
      let history = try History(cacheOptions)
      let record = try history.registry.find(name)
      try check(stage, in: record)
      // Says what is wrong with a journal that is not the run's.
      _ = try history.journal(of: record)
      var reader = JournalReader(path: record.folder + "/journal.jsonl")
      while true {
        // Asked first, so that what a run writes last is read.
        let isLive = history.registry.isLive(record.id)
        for entry in reader.read().entries where isWanted(entry) {
          print(json ? entry.json.compactText : HistoryText.plain(LogText.line(of: entry)))
        }
        fflush(nil)
        guard follow, isLive else { return }
        try await Task.sleep(for: .milliseconds(300))
      }
    } catch {
      throw failing(error)
    }
  }

  private func check(_ stage: String?, in run: RunRecord) throws {
    let names = (run.definition["stages"]?.members ?? []).map(\.name)
    guard let stage, !names.contains(stage) else { return }
    let hint = nearest(to: stage, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
    throw ValidationError("the run \(run.id) has no stage \"\(stage)\"\(hint)")
  }

  private func isWanted(_ entry: JournalEntry) -> Bool {
    guard LogText.kinds.contains(entry.what) else { return false }
    if stage == nil, event == nil { return true }
    // How the whole run ended is of no one stage.
    guard let name = entry.stage else { return false }
    return (stage == nil || name == stage) && (event == nil || entry.event == event)
  }
}

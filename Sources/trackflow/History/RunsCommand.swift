import ArgumentParser

/// `trackflow runs`: what a cache remembers of its runs.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show and compare the runs that a cache remembers.",
    discussion: HelpText.discussion(
      """
      A RUN is named by its id, the beginning or end of one, its folder, "last", or "last-2" for \
      the one before.
      """,
      examples: [
        "runs list --limit 10",
        "runs show last",
        "runs compare last-2 last --events",
      ], exits: [.missingInput]),
    subcommands: [RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self],
    defaultSubcommand: RunsListCommand.self)
}

import ArgumentParser

/// `trackflow runs`: what a cache remembers of its runs.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show and compare the runs that a cache remembers.",
    discussion: """
      A RUN is named by its id, the beginning or end of one, its folder, "last", or "last-2" for \
      the one before. Ends with 64 for a name that stands for none or several, 66 for a cache, \
      journal or report that is not there.
      Examples:
        trackflow runs list --limit 10
        trackflow runs show last
        trackflow runs compare last-2 last --events
      """,
    subcommands: [RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self],
    defaultSubcommand: RunsListCommand.self)
}

import ArgumentParser

/// `trackflow import`: what other programs made, scored and reported like a run of this one.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Score and report what another program made.",
    discussion: HelpText.discussion(
      """
      Makes a run of it: with a report, for displays, comparisons and exports. The run's folder holds \
      the workflow.json that it was made with.
      """,
      examples: [
        "import submission tracks.csv --events DIR",
        "import graphs graphs/*.npz --events DIR --name theirs",
      ],
      exits: [
        .eventsSetAside, .badData, .missingInput, .unavailable, .internalError, .cannotCreate,
        .storage, .badWorkflow, .interrupted,
      ]),
    subcommands: [ImportSubmissionCommand.self, ImportGraphsCommand.self])
}

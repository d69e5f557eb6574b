import ArgumentParser

/// `trackflow nightly`: the same study every night, each night held against the last good one.
struct NightlyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: "Run a study every night, and mark what became better or worse.",
    discussion: HelpText.discussion(
      """
      A night's numbers are compared event by event with those of the last good night. One that is \
      worse than the workflow's thresholds allow ends with exit code \(ExitStatus.regression.rawValue), \
      and no later night is measured by it until it is accepted.
      """,
      examples: [
        "nightly run workflows/nightly.json",
        "nightly install workflows/nightly.json --at 02:30",
        "nightly status",
      ], exits: [.missingInput]),
    subcommands: [
      NightlyRunCommand.self, NightlyInstallCommand.self, NightlyUninstallCommand.self,
      NightlyStatusCommand.self, NightlyAcceptCommand.self,
    ])
}

/// Which nightly evaluation a command is about.
struct NightlyPlace: ParsableArguments {
  @Option(
    name: .customLong("folder"),
    help: ArgumentHelp("The folder of the nights (default: nightly).", valueName: "dir"),
    completion: .directory)
  var path: String = "nightly"

  var folder: NightlyFolder { NightlyFolder(path) }
}

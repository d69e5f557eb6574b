import ArgumentParser

extension Trackflow {
  /// Every command, in the groups and the order in which the help and the manual tell of them.
  static let groups = [
    CommandGroup(
      name: "Study",
      subcommands: [
        RunCommand.self,
        PlanCommand.self,
        ValidateCommand.self,
        NightlyCommand.self,
      ]),
    CommandGroup(
      name: "Cache and history",
      subcommands: [
        StatusCommand.self,
        LogCommand.self,
        RunsCommand.self,
        LineageCommand.self,
        RerunCommand.self,
        DisplayCommand.self,
        CacheCommand.self,
      ]),
    CommandGroup(
      name: "Tracks",
      subcommands: [
        ReconstructCommand.self,
        ScoreCommand.self,
        WeightsCommand.self,
        ExportCommand.self,
        ImportCommand.self,
      ]),
    CommandGroup(
      name: "Data",
      subcommands: [
        DataCommand.self,
        SimulateCommand.self,
        GeometryCommand.self,
      ]),
    CommandGroup(
      name: "Other",
      subcommands: [
        SchemaCommand.self,
        CompletionCommand.self,
        ManualCommand.self,
        WorkerSubcommand.self,
      ]),
  ]
}

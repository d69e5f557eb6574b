import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import Stages

/// `trackflow worker`: what a run starts to do its tasks, here or as a job of a cluster; not for people.
struct WorkerSubcommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Do tasks that arrive as lines of JSON on standard input, or those of a batch.",
    shouldDisplay: false)

  @Option(help: "The cache folder.", completion: .directory)
  var cache: String

  @Option(help: "The file of a batch, where this is a job of a cluster.", completion: .file())
  var batch: String?

  func run() async throws {
    let store = ObjectStore(root: cache)
    guard let batch else { return Worker(kinds: StageKinds.all, store: store).run() }
    try await reporting {
      let environment = ProcessInfo.processInfo.environment
      guard let place = BatchPlace(environment: environment) else {
        throw ValidationError("--batch is for jobs of a cluster, and this process is of none")
      }
      let runner = try BatchRunner(
        path: batch, store: store,
        command: WorkerCommand(
          executable: ProgramVersion.executable, arguments: ["worker", "--cache", cache]))
      try await runner.run(at: place, instructionSet: try instructionSet(environment, place))
      return .success
    }
  }

  /// The instruction set that the tasks will use.
  private func instructionSet(_ environment: [String: String], _ place: BatchPlace) throws -> String
  {
    let known = StageKinds.instructionSets
    guard let wanted = environment["TRACKFLOW_KERNELS"], !wanted.isEmpty else { return known[0] }
    guard known.contains(wanted) else {
      throw BatchError.instructionSet(wanted: wanted, node: place.node, known: known)
    }
    return wanted
  }
}

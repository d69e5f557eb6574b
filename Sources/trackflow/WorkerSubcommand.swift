import ArgumentParser
import ArtifactStore
import Execution
import Stages

/// `trackflow worker`: what a run starts to do its tasks; not for people.
struct WorkerSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Do tasks that arrive as lines of JSON on standard input.", shouldDisplay: false)

  @Option(help: "The cache folder.", completion: .directory)
  var cache: String

  func run() {
    Worker(kinds: StageKinds.all, store: ObjectStore(root: cache)).run()
  }
}

import Execution
import Foundation
import Synchronization

/// How a person or the system stops a run.
enum Interruption {
  /// Ctrl-C lets the tasks in hand end, a second one stops everything at once. A request to end, as of a
  /// machine that goes down, stops what runs here, and leaves jobs on a cluster to a later run.
  static func allowing<Result: Sendable>(
    progress: any RunProgress, _ body: @escaping @Sendable (RunControl) async throws -> Result
  ) async throws -> Result {
    // Dispatch ends the program by a signal where it finds no room for its own.
    try OpenFiles.makeRoom(workers: 1)
    let control = RunControl()
    let task = Task { try await body(control) }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        if number == SIGINT, !control.isFinishing {
          control.finish()
          progress.notice("the tasks in hand are finished; Ctrl-C again stops at once")
        } else {
          if number != SIGINT { control.leave() }
          task.cancel()
        }
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }
}

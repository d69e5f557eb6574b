import Foundation
import JSONDocument
import Subprocess
import SystemPackage

/// How to start a worker.
public struct WorkerCommand: Sendable {
  public var executable: String
  public var arguments: [String]

  public init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }
}

/// A worker process and the talk with it.
struct WorkerProcess {
  let command: WorkerCommand
  /// Takes what the worker writes to its standard error.
  let log: FileDescriptor

  /// Starts a process and lets it do orders until there are no more or it ends.
  ///
  /// - Parameters:
  ///   - next: gives the next order; nil when there are no more.
  ///   - message: takes every message on the order in hand.
  /// - Returns: the order that the process left undone by ending, and how it ended; nil if all were answered.
  func run(
    next: @Sendable () async -> TaskOrder?,
    message: @Sendable (TaskOrder, WorkerMessage) async throws -> Void
  ) async throws -> (order: TaskOrder, ending: String)? {
    var options = PlatformOptions()
    // A group of its own keeps the terminal's Ctrl-C away, and lets a worker be ended with its children.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
    let result = try await Subprocess.run(
      .path(FilePath(command.executable)), arguments: Arguments(command.arguments),
      environment: .inherit, platformOptions: options, input: .inputWriter, output: .sequence,
      error: .fileDescriptor(log, closeAfterSpawningProcess: false)
    ) { execution -> TaskOrder? in
      var lines = execution.standardOutput.strings(bufferingPolicy: .unbounded)
        .makeAsyncIterator()
      while let order = await next() {
        let line = order.json.compactText + "\n"
        do {
          _ = try await execution.standardInputWriter.write(Array(line.utf8))
        } catch {
          return order
        }
        var answered = false
        while !answered {
          guard let line = try await lines.next() else { return order }
          guard let json = try? JSONDocument(parsing: Array(line.utf8), file: "worker").root,
            let answer = WorkerMessage(json: json)
          else { continue }
          switch answer {
          case .done, .failed: answered = true
          case .progress, .published: break
          }
          try await message(order, answer)
        }
      }
      try? await execution.standardInputWriter.finish()
      return nil
    }
    guard let order = result.closureResult else { return nil }
    let ending =
      switch result.terminationStatus {
      case .exited(let code): "the worker ended with exit code \(code)"
      case .signaled(let signal): "the worker was ended by signal \(signal)"
      }
    return (order, ending)
  }
}

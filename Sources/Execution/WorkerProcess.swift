import Foundation
import JSONDocument
import Subprocess
import Synchronization
import SystemPackage
import Workflow

/// How to start a worker.
public struct WorkerCommand: Sendable {
  public var executable: String
  public var arguments: [String]
  /// The instruction set that the numeric kernels take; nil for the best that the machine has.
  public var instructionSet: String?

  public init(executable: String, arguments: [String], instructionSet: String? = nil) {
    self.executable = executable
    self.arguments = arguments
    self.instructionSet = instructionSet
  }
}

/// A worker process and the talk with it.
struct WorkerProcess {
  let command: WorkerCommand
  /// What a task may take before its worker is ended.
  let limits: StageLimits
  /// Takes each line that the worker writes to its standard error, with the order in hand.
  let said: @Sendable (TaskOrder?, String) -> Void

  /// What is shared between the talk and those who watch the process.
  private final class Watch: Sendable {
    struct State {
      var order: TaskOrder?
      /// The same, also after its answer: what was said on it may be read later.
      var lastOrder: TaskOrder?
      /// The last line that the worker said, and the last that tells of a fatal error.
      var lastWord: String?
      var fatalWord: String?
      /// Why the process was ended from here.
      var endedFor: TaskFailure?
    }
    let state = Mutex(State())
  }

  /// Starts a process and lets it do orders until there are no more or it ends.
  ///
  /// - Parameters:
  ///   - next: gives the next order; nil when there are no more.
  ///   - message: takes every message on the order in hand; true to end the process at once.
  /// - Returns: the order that the process left undone by ending, and how it ended; nil if all were answered.
  func run(
    next: @Sendable () async throws -> TaskOrder?,
    message: @Sendable (TaskOrder, WorkerMessage) async throws -> Bool
  ) async throws -> (order: TaskOrder, failure: TaskFailure)? {
    let watch = Watch()
    let killsBefore = MemoryPressure.killsSoFar
    var options = PlatformOptions()
    // A group of its own keeps the terminal's Ctrl-C away, and lets a worker be ended with its children.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
    let result = try await Subprocess.run(
      .path(FilePath(command.executable)), arguments: Arguments(command.arguments),
      environment: .inherit.updating(environment), platformOptions: options,
      input: .inputWriter, output: .sequence, error: .sequence
    ) { execution -> TaskOrder? in
      let listener = Task {
        for try await line in execution.standardError.strings(bufferingPolicy: .unbounded) {
          said(
            watch.state.withLock { state in
              state.lastWord = line
              if line.contains("Fatal error") || Self.isAboutMemory(line) { state.fatalWord = line }
              return state.lastOrder
            }, line)
        }
      }
      let end: @Sendable () -> Void = { try? execution.send(signal: .kill, toProcessGroup: true) }
      let guardian = Task {
        try await keepWatch(over: Int(execution.processIdentifier.value), watch: watch, end: end)
      }
      defer { guardian.cancel() }
      let undone = try await talk(
        lines: execution.standardOutput.strings(bufferingPolicy: .unbounded), watch: watch,
        next: next, message: message
      ) { line in
        _ = try await execution.standardInputWriter.write(Array(line.utf8))
      }
      try? await execution.standardInputWriter.finish()
      // Whatever the worker started goes with it.
      if undone != nil { end() }
      _ = try? await listener.value
      return undone
    }
    guard let order = result.closureResult else { return nil }
    let state = watch.state.withLock { $0 }
    return (
      order,
      state.endedFor
        ?? Self.failure(
          of: result.terminationStatus, said: state.fatalWord ?? state.lastWord,
          wasShortOfMemory: MemoryPressure.killsSoFar > killsBefore)
    )
  }

  private var environment: [Subprocess.Environment.Key: String?] {
    var variables: [Subprocess.Environment.Key: String?] = [:]
    // A crash is told by its message; writing down the stack takes seconds of every attempt.
    if ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil {
      variables["SWIFT_BACKTRACE"] = "enable=no"
    }
    if let set = command.instructionSet { variables["TRACKFLOW_KERNELS"] = set }
    return variables
  }

  private func talk(
    lines: some AsyncSequence<String, any Error>, watch: Watch,
    next: @Sendable () async throws -> TaskOrder?,
    message: @Sendable (TaskOrder, WorkerMessage) async throws -> Bool,
    send: (String) async throws -> Void
  ) async throws -> TaskOrder? {
    var lines = lines.makeAsyncIterator()
    while let order = try await next() {
      watch.state.withLock { ($0.order, $0.lastOrder) = (order, order) }
      do {
        try await send(order.json.compactText + "\n")
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
        case .done, .failed:
          answered = true
          watch.state.withLock { $0.order = nil }
        case .progress, .published: break
        }
        if try await message(order, answer), !answered { return order }
      }
    }
    return nil
  }

  /// Ends the process when the order in hand takes longer, or the process more memory, than the stage may take.
  private func keepWatch(over process: Int, watch: Watch, end: @Sendable () -> Void) async throws {
    guard limits.timeLimit != nil || limits.memory != nil else { return }
    var (key, since) = ("", ContinuousClock.now)
    while true {
      try await Task.sleep(for: .milliseconds(100))
      guard let order = watch.state.withLock({ $0.order }) else {
        key = ""
        continue
      }
      let attempt = "\(order.key) \(order.attempt)"
      if attempt != key { (key, since) = (attempt, .now) }
      var failure: TaskFailure?
      if let limit = limits.timeLimit, ContinuousClock.now - since > .seconds(limit.seconds) {
        failure = TaskFailure(
          cause: .timeLimit, reason: "it took longer than its time limit of \(limit.text)")
      } else if let limit = limits.memory, let size = MemoryPressure.residentSize(of: process),
        size > limit.bytes
      {
        failure = TaskFailure(
          cause: .outOfMemory,
          reason: "it took \(size / 1_000_000) MB, more than its memory of \(limit.text)")
      }
      guard let failure else { continue }
      watch.state.withLock { $0.endedFor = failure }
      end()
      return
    }
  }

  /// Whether a line is of a program that was refused memory.
  private static func isAboutMemory(_ line: String) -> Bool {
    ["failed to allocate", "Could not allocate", "Cannot allocate memory", "bad_alloc"]
      .contains { line.contains($0) }
  }

  private static func failure(
    of status: TerminationStatus, said words: String?, wasShortOfMemory: Bool
  ) -> TaskFailure {
    if let words, isAboutMemory(words) {
      return TaskFailure(cause: .outOfMemory, reason: "the worker ran out of memory: \(words)")
    }
    let said = words.map { ": \($0)" } ?? ""
    switch status {
    case .exited(let code):
      return TaskFailure(cause: .crashed, reason: "the worker ended with exit code \(code)\(said)")
    case .signaled(SIGKILL) where wasShortOfMemory:
      return TaskFailure(
        cause: .outOfMemory, reason: "the system ended the worker for want of memory")
    case .signaled(let signal):
      return TaskFailure(
        cause: .crashed,
        reason: "the worker was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
          + said)
    }
  }
}

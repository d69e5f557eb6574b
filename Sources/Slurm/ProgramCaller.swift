import Subprocess
import Synchronization

/// Runs one of Slurm's programs to its end.
struct ProgramCaller: Sendable {
  let environment: ProgramEnvironment
  /// How long a program may take, where a call does not say otherwise.
  let limit: Duration

  /// - Throws: `SlurmError.absent` where there is no such program, `.away` where it cannot be run;
  ///   `CancellationError`. That it fails or takes too long is no error.
  func call(
    _ program: String, _ arguments: [String], input: String = "", limit: Duration? = nil
  ) async throws -> ProgramAnswer {
    let limit = limit ?? self.limit
    let lateness = Lateness()
    do {
      let result = try await Subprocess.run(
        .name(program), arguments: Arguments(arguments), environment: environment.of(program),
        platformOptions: Self.apart, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        // A program that hangs is ended with whatever it started.
        let guardian = Task {
          try await Task.sleep(for: limit)
          lateness.noted.withLock { $0 = true }
          try? execution.send(signal: .kill, toProcessGroup: true)
        }
        defer { guardian.cancel() }
        let errors = Task { try await Self.bytes(of: execution.standardError) }
        let writer = Task {
          // One that fails at once reads no input.
          if !input.isEmpty {
            _ = try? await execution.standardInputWriter.write(Array(input.utf8))
          }
          try? await execution.standardInputWriter.finish()
        }
        let output = try await Self.bytes(of: execution.standardOutput)
        _ = await writer.value
        return (output, try await errors.value)
      }
      try Task.checkCancellation()
      let (output, errors) = result.closureResult
      return ProgramAnswer(
        program: program, succeeded: result.terminationStatus == .exited(0),
        output: String(decoding: output, as: UTF8.self),
        errors: String(decoding: errors, as: UTF8.self),
        timedOut: lateness.noted.withLock { $0 }, limit: limit)
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      if error.code == .executableNotFound { throw SlurmError.absent(program: program) }
      throw SlurmError.away(words: "\(program) cannot be run: \(error)")
    }
  }

  /// Whether a program was ended for taking too long.
  private final class Lateness: Sendable {
    let noted = Mutex(false)
  }

  /// In a process group of its own, all of which ends with a call that is given up.
  private static var apart: PlatformOptions {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]
    return options
  }

  private static func bytes(of stream: SubprocessOutputSequence) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in stream { buffer.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }
}

/// What a program said.
struct ProgramAnswer: Sendable {
  var program: String
  /// Whether it ended by itself, with status 0.
  var succeeded: Bool
  var output: String
  var errors: String
  /// Whether it was ended from here, since it took longer than its limit.
  var timedOut: Bool
  var limit: Duration

  /// What it complained of, on one line.
  var complaint: String {
    let words = Complaint.words(errors.isEmpty ? output : errors)
    if timedOut {
      let late = "\(program) took longer than \(limit.components.seconds) s"
      return words.isEmpty ? late : "\(late): \(words)"
    }
    return words.isEmpty ? "\(program) failed without a word" : words
  }

  /// The beginning of what it said, for people.
  var excerpt: String {
    let text = output.contains { !$0.isWhitespace } ? output : errors
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.isEmpty ? "nothing" : line.count > 120 ? line.prefix(120) + "…" : line
  }
}

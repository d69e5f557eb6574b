import Synchronization

/// The forms in which `squeue` tells of jobs.
enum QueueDialect: Sendable {
  /// Lines of columns, as told by `--Format`.
  case columns
  /// `--json`, which some versions answer with every job of the cluster.
  case json

  func arguments(names: [String]) -> [String] {
    let of = ["--all", "--me", "--states=all", "--name=" + names.joined(separator: ",")]
    return switch self {
    case .columns: ["--noheader", "--array"] + of + ["--Format=\(QueueColumns.format)"]
    case .json: of + ["--json"]
    }
  }

  /// The jobs in an answer; nil where it is in another form.
  func jobs(in output: String) -> [SlurmJob]? {
    switch self {
    case .columns: QueueColumns.jobs(in: output)
    case .json: QueueJSON.jobs(in: output)
    }
  }
}

/// The dialect that a site's `squeue` was found to speak, if it was asked yet.
final class KnownDialect: Sendable {
  private let dialect = Mutex<QueueDialect?>(nil)

  var value: QueueDialect? { dialect.withLock { $0 } }
  func settle(_ new: QueueDialect) { dialect.withLock { $0 = new } }
}

extension SlurmClient {
  /// This user's jobs of these names, asked in the dialect that `squeue` speaks.
  func queue(of names: [String]) async throws -> [SlurmJob] {
    let wanted = Set(names)
    var strange: ProgramAnswer?
    // An answer without jobs may have settled it too early: then the other is tried all the same.
    let order: [QueueDialect] = dialect.value == .json ? [.json, .columns] : [.columns, .json]
    for dialect in order {
      let answer = try await caller.call("squeue", dialect.arguments(names: names))
      let complaint = Complaint.words(answer.errors)
      // An unknown field is complained of and yet answered, with an empty column.
      if !Complaint.isOfUsage(complaint) {
        guard answer.succeeded else { throw SlurmError.away(words: answer.complaint) }
        if let jobs = dialect.jobs(in: answer.output) {
          self.dialect.settle(dialect)
          return jobs.filter { wanted.contains($0.name) }
        }
      }
      strange = strange ?? answer
    }
    throw SlurmError.unknownDialect(program: "squeue", answer: strange?.excerpt ?? "nothing")
  }
}

import ArtifactStore
import Foundation
import Slurm
import Workflow

/// A job array that is in the queue, as far as it is known.
struct JobArray: Sendable {
  let submission: Submission
  let folder: BatchFolder
  /// The id that the controller gave; nil until it is known.
  var job: Int?
  /// When it was handed in, or found again.
  var since = ContinuousClock.now
  /// Whether it was handed in by an earlier run.
  var isAdopted = false
  /// Whether it was taken out of the queue from here.
  var isCancelled = false
  /// Whether one of its jobs did not come to its end, so that those that wait for it never begin.
  var hasFallen = false
  var jobs: [Int: Job]

  /// One element.
  struct Job: Sendable {
    let place: Int
    /// The tasks that it has not answered for.
    var open: Set<ArtifactKey>
    /// Those of them that it is at work on.
    var inHand: Set<ArtifactKey> = []
    /// Answers that wait for their artifact to be seen.
    var unseen: [(key: ArtifactKey, cost: TaskCost?, at: Double)] = []
    var state = JobState.waiting
    /// Why it waits, in Slurm's word.
    var reason = ""
    var node: String?
    /// Which of the run's rows of work it has: jobs that run side by side have different ones.
    var lane: Int?
    /// When it began to work, in seconds since 1970, by its node's clock.
    var began: Double?
    var reader: JournalReader?
    /// Whether it answered for a task, or left a checkpoint.
    var hasProgress = false
    /// Whether its file of answers is complete.
    var hasEnded = false
    /// Since when Slurm says that it ended, or knows it no more.
    var goneSince: ContinuousClock.Instant?
    /// Whether nothing more is expected of it.
    var isOver = false
  }

  init(_ submission: Submission, folder: BatchFolder, job: Int?) {
    self.submission = submission
    self.folder = folder
    self.job = job
    jobs = Dictionary(
      uniqueKeysWithValues: submission.batches.map {
        ($0.place, Job(place: $0.place, open: Set($0.keys)))
      })
  }

  var isOver: Bool { jobs.values.allSatisfy(\.isOver) }

  /// The jobs that something is still expected of.
  var live: [Job] { jobs.values.filter { !$0.isOver } }

  /// `1204_7`
  func title(of place: Int) -> String {
    job.map { "\($0)_\(place)" } ?? "\(submission.name)_\(place)"
  }
}

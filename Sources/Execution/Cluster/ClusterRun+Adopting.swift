import ArtifactStore
import Foundation
import Slurm
import Workflow

extension ClusterRun {
  /// Finds the jobs again that an earlier run left in the queue, and takes those over that make what is wanted now.
  ///
  /// The cache tells which arrays were handed in; by their names the queue tells which of them live.
  func adopt() async throws {
    hasAdopted = true
    let found = Self.submissions(in: store)
    var live: [String: [SlurmJob]] = [:]
    if !found.isEmpty {
      live = Dictionary(
        grouping: try await patiently { try await $0.jobs(named: found.map(\.submission.name)) },
        by: \.name)
    }
    let now = Date().timeIntervalSince1970
    var count = 0
    for (submission, folder) in found {
      let jobs = live[submission.name] ?? []
      let elements = jobs.filter { if case .ended = $0.state { false } else { true } }
      // One that was handed in a moment ago may be on its way to the controller.
      let isOnItsWay = jobs.isEmpty && abs(now - submission.submitted) < 30
      guard !elements.isEmpty || isOnItsWay else {
        if abs(now - submission.submitted) > 86_400 {
          try? FileManager.default.removeItem(atPath: folder.path)
        }
        continue
      }
      count += take(
        over: submission, folder, elements, isOnItsWay: isOnItsWay, job: jobs.first?.job)
    }
    removeEmptyFolders()
    guard count > 0 else { return }
    progress.notice(
      "\(count) job\(count == 1 ? "" : "s") of an earlier run \(count == 1 ? "is" : "are") in the"
        + " queue; they go on for this one")
    for stage in ledger.stages
    where arrays.values.contains(where: { $0.submission.stage == stage.definition.name }) {
      if begun.insert(stage.definition.name).inserted { begin(stage) }
    }
  }

  /// - Returns: how many of its jobs were taken over.
  private func take(
    over submission: Submission, _ folder: BatchFolder, _ elements: [SlurmJob], isOnItsWay: Bool,
    job: Int?
  ) -> Int {
    var array = JobArray(submission, folder: folder, job: job)
    array.isAdopted = true
    let places = Set(elements.map { $0.element ?? 0 })
    var count = 0
    for batch in submission.batches {
      let wanted = batch.keys.filter { ledger.wanted[$0] != nil && ledger.covers[$0] == nil }
      guard isOnItsWay || places.contains(batch.place), !wanted.isEmpty else {
        array.jobs[batch.place]!.isOver = true
        continue
      }
      array.jobs[batch.place]!.open = Set(wanted)
      ledger.cover(wanted, by: .init(array: submission.name, place: batch.place))
      count += 1
    }
    if count > 0 { arrays[submission.name] = array }
    return count
  }

  /// Asks the queue until its controller answers.
  private func patiently<Answer: Sendable>(
    _ ask: @Sendable (any JobQueue) async throws -> Answer
  ) async throws -> Answer {
    while true {
      do {
        let answer = try await ask(options.queue)
        awaySince = nil
        return answer
      } catch SlurmError.away(let words) {
        sayThatItIsAway(words)
        try await Task.sleep(for: options.queueInterval)
      }
    }
  }

  /// The arrays that runs on a cache handed in, and of which the files are still there.
  private static func submissions(in store: ObjectStore) -> [(
    submission: Submission, folder: BatchFolder
  )] {
    let root = BatchFolder.root(in: store)
    func names(_ path: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
    return names(root).flatMap { run in
      names("\(root)/\(run)").compactMap { array in
        let folder = BatchFolder(path: "\(root)/\(run)/\(array)")
        return Submission(path: folder.submission).map { ($0, folder) }
      }
    }
  }

  private func removeEmptyFolders() {
    let root = BatchFolder.root(in: store)
    for run in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] {
      // Removes it where it is empty, and nothing else.
      rmdir("\(root)/\(run)")
    }
  }
}

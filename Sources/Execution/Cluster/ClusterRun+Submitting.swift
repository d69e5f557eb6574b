import ArtifactStore
import Foundation
import JSONDocument
import Slurm
import Workflow

extension ClusterRun {
  /// Hands in every task that no job has and of which all inputs are there or being made.
  func submit() async throws {
    guard !ledger.uncovered.isEmpty, ContinuousClock.now >= nextSubmission, awaySince == nil else {
      return
    }
    for stage in ledger.stages.indices {
      let tasks = tasksToSubmit(of: stage)
      guard !tasks.isEmpty else { continue }
      let planned = ledger.stages[stage]
      let size = eventsPerJob(of: planned.definition)
      let layout = ArrayLayout.arrays(
        of: tasks, size: size, sizes: arrays.mapValues(\.submission.eventsPerJob),
        largestArray: site?.largestArray ?? 1001)
      for array in layout {
        guard try await submit(array, of: planned, size: size) else { return }
      }
    }
  }

  /// The tasks of a stage that can be handed in now, in the plan's order.
  private func tasksToSubmit(of stage: Int) -> [ArrayLayout.Task] {
    guard ledger.left[stage] > 0 else { return [] }
    let now = ContinuousClock.now
    return ledger.stages[stage].tasks.compactMap { task in
      guard let key = task.key, ledger.uncovered.contains(key),
        ledger.ready[key].map({ $0 <= now }) ?? true
      else { return nil }
      var order = ArrayLayout.Task(
        key: key, memory: ledger.memory[key], isAlone: ledger.attempts[key] != nil)
      for input in task.inputs {
        switch ledger.input(input.key) {
        case .there: break
        case .inTheMaking(let cover): order.needs[cover.array, default: []].insert(cover.place)
        case .notYet: return nil
        }
      }
      return order
    }
  }

  func hasItsInputs(_ key: ArtifactKey) -> Bool {
    ledger.task(key)?.inputs.allSatisfy {
      if case .there = ledger.input($0.key) { true } else { false }
    } ?? false
  }

  /// Hands one array in.
  ///
  /// - Returns: false where the queue takes no more for now.
  private func submit(_ array: ArrayLayout.Array, of stage: PlannedStage, size: Int) async throws
    -> Bool
  {
    let name = stage.definition.name
    let settings = definition.jobSettings(of: stage.definition)
    serial += 1
    let arrayFolder = BatchFolder(path: "\(folder)/\(serial)-\(name)")
    let submission = Submission(
      name: "\(runID).\(name).\(serial)-\(token)", stage: name,
      submitted: Date().timeIntervalSince1970, eventsPerJob: size,
      memory: array.memory
        ?? settings.jobMemory(
          limits: stage.definition.limits, scope: stage.definition.kind.scope)?.bytes,
      needs: array.elementNeeds + array.wholeNeeds, batches: array.batches)
    var dependencies: [JobRequest.Dependency] = []
    for (needs, make) in [
      (array.elementNeeds, JobRequest.Dependency.element(job:)),
      (array.wholeNeeds, JobRequest.Dependency.whole(job:)),
    ] {
      for need in needs {
        // Without its id nothing can wait for it; the next look at the queue tells it.
        guard let job = arrays[need]?.job else { return false }
        dependencies.append(make(job))
      }
    }
    try write(submission, of: stage, settings, to: arrayFolder)
    if begun.insert(name).inserted { begin(stage) }
    let request = JobRequest(
      name: submission.name, places: array.batches.map(\.place),
      maximumRunning: settings.mostJobs(
        limits: stage.definition.limits, scope: stage.definition.kind.scope),
      partition: settings.partition, account: settings.account, seconds: settings.time?.seconds,
      memory: submission.memory, processors: settings.cpus ?? 1, dependencies: dependencies,
      outputPath: "\(arrayFolder.output)/%a-%A.txt",
      folder: FileManager.default.currentDirectoryPath, extra: settings.extra ?? [],
      script: script(settings, arrayFolder))
    var known = JobArray(submission, folder: arrayFolder, job: nil)
    do {
      known.job = try await options.queue.submit(request)
    } catch SlurmError.full(let words) {
      try? FileManager.default.removeItem(atPath: arrayFolder.path)
      // With nothing of ours in the queue there is nothing whose end would make room.
      guard isAnyJobLive else { throw SlurmError.refused(words: words) }
      progress.notice("\(name): Slurm takes no more jobs for now (\(words)); the rest waits here")
      nextSubmission = .now + .seconds(30)
      return false
    } catch SlurmError.away(let words) {
      // Whether it arrived is told by its name, once the controller answers.
      sayThatItIsAway(words)
    } catch {
      try? FileManager.default.removeItem(atPath: arrayFolder.path)
      throw error
    }
    arrays[submission.name] = known
    for batch in submission.batches {
      ledger.cover(batch.keys, by: .init(array: submission.name, place: batch.place))
      for key in batch.keys { ledger.ready[key] = nil }
    }
    say(submission, job: known.job)
    return awaySince == nil
  }

  func begin(_ stage: PlannedStage) {
    progress.stageStarted(
      stage.definition.name, tasks: stage.tasks.count, cached: stage.count(of: .cached))
    journal.write(
      "stage",
      [
        JSONMember(name: "stage", value: .string(stage.definition.name)),
        JSONMember(name: "tasks", value: .integer(stage.count(of: .toRun))),
        JSONMember(name: "cached", value: .integer(stage.count(of: .cached))),
      ])
  }

  private func say(_ submission: Submission, job: Int?) {
    let tasks = submission.batches.reduce(0) { $0 + $1.keys.count }
    journal.write(
      "submit",
      [
        JSONMember(name: "stage", value: .string(submission.stage)),
        JSONMember(name: "job", value: job.map { .integer($0) } ?? .null),
        JSONMember(name: "name", value: .string(submission.name)),
        JSONMember(name: "jobs", value: .integer(submission.batches.count)),
        JSONMember(name: "tasks", value: .integer(tasks)),
      ])
  }

  // MARK: - What is asked for

  private func write(
    _ submission: Submission, of stage: PlannedStage, _ settings: ExecutorSettings,
    to folder: BatchFolder
  ) throws {
    for path in [folder.batches, folder.results, folder.output] {
      try FileSystem.createFolder(path)
    }
    let isStudy = stage.definition.kind.scope == .study
    let processors = settings.cpus ?? 1
    for batch in submission.batches {
      let file = BatchFile(
        stage: submission.stage, scope: stage.definition.kind.scope,
        limits: stage.definition.limits,
        workers: settings.workers(
          limits: stage.definition.limits, scope: stage.definition.kind.scope),
        retries: stage.definition.limits.retries ?? retries,
        inputWait: options.visibility / .seconds(1),
        orders: batch.keys.compactMap { order(for: $0, threads: isStudy ? processors : 1) })
      do {
        try Data(file.json.compactText.utf8).write(to: URL(filePath: folder.batch(batch.place)))
      } catch {
        throw RunError.storage(
          reason: "\(folder.batch(batch.place)) could not be written: \(error.localizedDescription)"
        )
      }
    }
    try FileSystem.publish(Array(submission.json.compactText.utf8), to: folder.submission)
  }

  func order(for key: ArtifactKey, threads: Int = 1) -> TaskOrder? {
    guard let task = ledger.task(key), let stage = ledger.stage(of: key) else { return nil }
    var order = TaskOrder(task, stage: stage.definition, threads: threads)
    order.attempt = 1 + ledger.attempts[key, default: 0]
    return order
  }

  /// The shell script of every job of an array.
  private func script(_ settings: ExecutorSettings, _ folder: BatchFolder) -> String {
    func quoted(_ text: String) -> String {
      "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
    var lines = ["#!/bin/bash"] + (settings.setup ?? [])
    if let set = options.instructionSet { lines.append("export TRACKFLOW_KERNELS=\(set)") }
    lines.append(
      "exec \(quoted(options.program)) worker --cache \(quoted(store.root))"
        + " --batch \(quoted(folder.batches))/\"$SLURM_ARRAY_TASK_ID\".json")
    return lines.joined(separator: "\n") + "\n"
  }

  private func eventsPerJob(of stage: StageDefinition) -> Int {
    guard stage.kind.scope == .event else { return 1 }
    return definition.jobSettings(of: stage).eventsPerJob ?? commonSize ?? 1
  }
}

import ArtifactStore
import Execution
import JSONDocument

extension StatusText {
  static func json(
    of run: RunRecord, state: RunState, journal: JournalState, now: Double
  ) -> JSONValue {
    .object(
      (RunText.json(of: run, state: state).members ?? []) + [
        JSONMember(name: "at", value: .number(now)),
        JSONMember(name: "stage", value: journal.current.map { .string($0) } ?? .null),
        JSONMember(name: "atWork", value: .array(journal.atWork.map { .string($0) })),
        JSONMember(
          name: "stages", value: .array(journal.stages.map { json(of: $0, now: now) })),
      ])
  }

  private static func json(of stage: JournalState.Stage, now: Double) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "stage": .string(stage.name), "tasks": stage.tasks.map { .integer($0) } ?? .null,
      "finished": .integer(stage.finished), "cached": .integer(stage.cached),
      "done": .integer(stage.done), "shared": .integer(stage.shared),
      "retries": .integer(stage.retries), "workers": .integer(stage.workers),
      "rate": number(stage.rate(at: now)), "secondsLeft": number(stage.secondsLeft(at: now)),
      "jobs": stage.jobs.map(json(of:)) ?? .null,
      "faults": .array(
        stage.faults.map { fault in
          [
            "at": .number(fault.at), "job": .string(fault.job),
            "node": fault.node.map { .string($0) } ?? .null, "reason": .string(fault.reason),
          ]
        }), "faultCount": .integer(stage.faultCount),
      "running": .array(
        stage.running.map { task in
          [
            "event": task.event.map { .integer($0) } ?? .null,
            "worker": task.worker.map { .integer($0) } ?? .null,
            "node": task.node.map { .string($0) } ?? .null,
            "seconds": .number(now - task.since), "attempt": .integer(task.attempt),
            "done": task.progress.map { .integer($0.done) } ?? .null,
            "total": task.progress.map { .integer($0.total) } ?? .null,
          ]
        }),
      "setAside": .array(
        stage.setAside.map {
          [
            "event": $0.event.map { .integer($0) } ?? .null, "cause": .string($0.cause),
            "reason": .string($0.reason),
          ]
        }),
    ]
  }

  private static func json(of jobs: StageJobs) -> JSONValue {
    [
      "running": .integer(jobs.running), "waiting": .integer(jobs.waiting),
      "reasons": .array(
        jobs.reasons.map {
          [
            "reason": .string($0.reason), "words": .string($0.words), "jobs": .integer($0.jobs),
          ]
        }),
    ]
  }
}

import JSONDocument
import Workflow

extension JournalState.Stage {
  mutating func take(_ entry: JournalEntry) {
    switch entry.what {
    case "stage":
      workers = entry.json["workers"]?.intValue ?? 0
      isOnCluster = entry.json["workers"] == nil
      if isOnCluster, jobs == nil {
        jobs = StageJobs(stage: name, waiting: 0, running: 0, reasons: [])
      }
      let (toRun, inCache) = (
        entry.json["tasks"]?.intValue ?? 0, entry.json["cached"]?.intValue ?? 0
      )
      cached = max(0, inCache - done - shared)
      // Without a plan's word what is to run and what is there are all that is known of.
      tasks = max(tasks ?? 0, toRun + inCache)
      // Jobs may wait for long before they begin.
      if !isOnCluster { started = started ?? entry.at }
      ended = nil
    case "start":
      started = started ?? entry.at
      tasksAtWork[entry.task] = .init(
        event: entry.event, worker: entry.worker, node: entry.node, since: entry.at,
        attempt: entry.json["attempt"]?.intValue ?? 1)
      ended = nil
    case "progress":
      guard let done = entry.json["done"]?.intValue, let total = entry.json["total"]?.intValue
      else { return }
      tasksAtWork[entry.task]?.progress = TaskProgress(
        done: done, total: total, unit: entry.json["unit"]?.stringValue ?? "",
        note: entry.json["note"]?.stringValue ?? "")
    case "done":
      end(entry)
      done += 1
      seconds += entry.json["seconds"]?.doubleValue ?? 0
      cpuSeconds += entry.json["cpuSeconds"]?.doubleValue ?? 0
      if let memory = entry.json["peakMemory"]?.intValue {
        peakMemory = max(peakMemory ?? 0, memory)
      }
    case "shared":
      end(entry)
      shared += 1
    case "retry", "failed":
      end(entry)
      let isRetried = entry.what == "retry"
      retries += isRetried ? 1 : 0
      failures.append(
        .init(
          event: entry.event, cause: entry.json["cause"]?.stringValue ?? "",
          reason: entry.reason ?? "", isRetried: isRetried))
    case "submit", "queue", "fault": takeJobs(entry)
    default: break
    }
  }

  /// What a line says of a stage's jobs on a cluster.
  private mutating func takeJobs(_ entry: JournalEntry) {
    switch entry.what {
    case "queue": jobs = StageJobs(json: entry.json)
    case "submit":
      // Until the queue was looked at for the first time, what was handed in waits.
      guard jobs?.words == nil else { return }
      jobs?.waiting = entry.json["jobs"]?.intValue ?? 0
    default:
      // What the job had in hand is at work no more.
      tasksAtWork = tasksAtWork.filter { $0.value.worker != entry.worker || entry.worker == nil }
      faultCount += 1
      faults.append(
        .init(
          at: entry.at, job: entry.json["job"]?.stringValue ?? "?", node: entry.node,
          reason: entry.reason ?? ""))
      faults = faults.suffix(Self.keptFaults)
    }
  }

  private static var keptFaults: Int { 3 }

  private mutating func end(_ entry: JournalEntry) {
    tasksAtWork[entry.task] = nil
    ended = entry.at
  }
}

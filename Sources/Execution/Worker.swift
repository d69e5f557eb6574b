import ArtifactStore
import Foundation
import JSONDocument
import Synchronization
import Workflow

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A worker process: takes orders as lines of JSON, does them, publishes the results, answers in lines of JSON.
///
/// It never opens the catalog. When its standard input ends, the driver is gone or done with it: it
/// stops at once, also in the middle of a task, which does no harm because results appear by rename.
public struct Worker: Sendable {
  private let kinds: [any StageKind]
  private let store: ObjectStore

  public init(kinds: [any StageKind], store: ObjectStore) {
    self.kinds = kinds
    self.store = store
  }

  /// Works until standard input ends.
  public func run() {
    let work = DispatchQueue(label: "work", qos: .userInitiated)
    while let line = readLine() {
      work.async { Self.send(answer(to: line)) }
    }
    // Nothing waits for what is still being computed.
    _exit(0)
  }

  private func answer(to line: String) -> WorkerMessage {
    guard let json = try? JSONDocument(parsing: Array(line.utf8), file: "order").root,
      let order = TaskOrder(json: json)
    else { return .failed(TaskFailure(cause: .failed, reason: "the order can't be read: \(line)")) }
    let start = (ContinuousClock.now, ResourceUse.ofThisProcess())
    do {
      try perform(order)
    } catch {
      return .failed(Self.failure(for: error))
    }
    let use = ResourceUse.ofThisProcess()
    return .done(
      TaskCost(
        seconds: (ContinuousClock.now - start.0) / .seconds(1),
        cpuSeconds: use.cpuSeconds - start.1.cpuSeconds, peakMemory: use.peakMemory))
  }

  private func perform(_ order: TaskOrder) throws {
    guard let kind = kinds.first(where: { $0.name == order.kind }) else {
      throw TaskFailure(cause: .failed, reason: "this program has no stage kind \(order.kind)")
    }
    let store = store
    let task = StageTask(
      stage: order.stage, key: order.key, keyText: order.keyText, parameters: order.parameters,
      event: order.event, files: order.files, dataset: order.dataset, inputs: order.inputs,
      threads: order.threads, attempt: order.attempt, store: store,
      report: { Self.send(.progress($0)) },
      publish: { artifact in
        try store.publish(artifact)
        Self.send(.published(key: artifact.key))
      })
    let result = try kind.run(task)
    try store.publish(
      Artifact(
        kind: kind.name, keyText: order.keyText, summary: result.summary, arrays: result.arrays))
  }

  private static func failure(for error: any Error) -> TaskFailure {
    switch error {
    case let failure as TaskFailure: failure
    case let refused as InputRefused: TaskFailure(cause: .refused, reason: refused.description)
    case let error as ArtifactError:
      switch error {
      case .damaged, .notFound, .newerFormat, .missingArray:
        TaskFailure(cause: .damagedInput, reason: error.description)
      case .system, .newerCatalog, .damagedCatalog:
        TaskFailure(cause: .storage, reason: error.description)
      }
    default: TaskFailure(cause: .failed, reason: "\(error)")
    }
  }

  private static func send(_ message: WorkerMessage) {
    let line = Array((message.json.compactText + "\n").utf8)
    // Lines of a page or less are written whole, also when several threads write.
    _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}

/// Processor time and memory of this process.
struct ResourceUse {
  var cpuSeconds: Double
  var peakMemory: Int

  static func ofThisProcess() -> ResourceUse {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return ResourceUse(
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMemory: Int(usage.ru_maxrss) * 1024)
  }
}

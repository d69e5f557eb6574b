import ArtifactStore
import Foundation
import JSONDocument
import Workflow

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rehearse`: a task that does nothing, or fails in a chosen way, to try limits, retries and the machine itself.
///
/// Its result depends on the event and `tag` alone, so that a rehearsal with faults ends in the bits of one without.
struct Rehearse: StageKind {
  let name = "rehearse"
  let version = 1
  let summary = "Does nothing, or fails in a chosen way: to try limits, retries and a machine."
  let scope = StageScope.event
  let inputs = [
    StageInput("rehearse", isRequired: false, takesSeveral: true),
    StageInput("simulate-events", isRequired: false),
  ]
  let eventFiles = [
    EventFileNeed("hits", isRequired: false), EventFileNeed("truth", isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "tag", .integer(0...Int.max), default: 0,
      "Any number; another one is another result, so that everything runs again."),
    ParameterSpec(
      "seconds", .number(0...86_400), default: 0, unit: "s", affectsResult: false,
      "How long a task takes."),
    ParameterSpec(
      "takes", .memory, default: "0 MB", affectsResult: false,
      "Memory that a task fills while it is at work."),
    ParameterSpec(
      "fault", .choice(RehearsedFault.allCases.map(\.rawValue)), default: "none",
      affectsResult: false,
      "What goes wrong: the worker crashes, hangs or runs out of memory, the input is refused, the task fails."
    ),
    ParameterSpec(
      "faultEvents", .integers(0...Int.max), default: .null, affectsResult: false,
      "Numbers of the events that meet the fault; all where null."),
    ParameterSpec(
      "faultyAttempts", .integer(1...1000), default: 1, affectsResult: false,
      "How many attempts at a task meet the fault before one goes well."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let memory = MemorySize(task.text("takes"))?.bytes ?? 0
    let filled = [UInt8](repeating: 1, count: memory)
    if task.number("seconds") > 0 { Thread.sleep(forTimeInterval: task.number("seconds")) }
    let events = task.parameters["faultEvents"]?.arrayValue?.compactMap(\.intValue)
    if task.attempt <= task.integer("faultyAttempts"), events?.contains(event) ?? true {
      try RehearsedFault(rawValue: task.text("fault"))?.strike(event: event)
    }
    return StageResult(
      summary: ["event": .integer(event), "tag": .integer(task.integer("tag"))],
      arrays: filled.last == 0 ? [ArtifactArray(name: "filled", values: .uint8(filled))] : [])
  }
}

/// What can go wrong with a task, on purpose.
enum RehearsedFault: String, CaseIterable {
  case none
  case crash
  case hang
  case exhaustMemory = "exhaust-memory"
  case refuse
  case fail

  func strike(event: Int) throws {
    switch self {
    case .none: return
    case .crash:
      FileHandle.standardError.write(Data("rehearsed crash on event \(event)\n".utf8))
      abort()
    case .hang:
      // With a child, as a program has that waits for another.
      let words: [UnsafeMutablePointer<CChar>?] = [
        strdup("/bin/sleep"), strdup("\(86_400 + event)"), nil,
      ]
      posix_spawn(nil, "/bin/sleep", nil, nil, words, environ)
      while true { sleep(3600) }
    case .exhaustMemory:
      // The system is told to refuse soon, so that nobody else on the machine goes short.
      var limit = rlimit(rlim_cur: 4 << 30, rlim_max: 4 << 30)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
      var blocks: [[UInt8]] = []
      while true { blocks.append([UInt8](repeating: 1, count: 64 << 20)) }
    case .refuse: throw InputRefused("rehearsed refusal of event \(event)")
    case .fail: throw RehearsedFailure(event: event)
    }
  }
}

struct RehearsedFailure: Error, CustomStringConvertible {
  var event: Int
  var description: String { "rehearsed failure on event \(event)" }
}

import ArtifactStore
import Workflow

/// The tasks of a plan that are to run on a cluster: which are done, which a job has, which wait, and how often each came to grief.
struct TaskLedger: Sendable {
  /// Where a task stands in the plan.
  struct Place: Sendable {
    var stage: Int
    var task: Int
  }

  /// Which job has a task.
  struct Cover: Sendable {
    var array: String
    var place: Int
  }

  private(set) var stages: [PlannedStage] = []
  private(set) var wanted: [ArtifactKey: Place] = [:]
  /// Tasks that no job has; those of a stage in the plan's order.
  private(set) var uncovered: Set<ArtifactKey> = []
  private(set) var covers: [ArtifactKey: Cover] = [:]
  private(set) var done: Set<ArtifactKey> = []
  /// Those that gave no result for good, and those that a person stopped.
  private(set) var failed: Set<ArtifactKey> = []
  private(set) var withheld: Set<ArtifactKey> = []
  /// How many tasks of each stage are not done yet.
  private(set) var left: [Int] = []

  // What stays from plan to plan.
  /// How often a job ended with the task in hand.
  var attempts: [ArtifactKey: Int] = [:]
  var faults: [ArtifactKey: Int] = [:]
  var mishaps: [ArtifactKey: Int] = [:]
  /// Memory of its next job in bytes, where it ran out of memory before.
  var memory: [ArtifactKey: Int] = [:]
  /// When it is handed in again.
  var ready: [ArtifactKey: ContinuousClock.Instant] = [:]

  /// Takes a new plan; what jobs have stays with them.
  mutating func take(_ plan: Plan) {
    stages = plan.stages
    wanted = [:]
    left = Array(repeating: 0, count: stages.count)
    for (stage, planned) in stages.enumerated() {
      for (index, task) in planned.tasks.enumerated() where task.state.name == .toRun {
        guard let key = task.key else { continue }
        wanted[key] = Place(stage: stage, task: index)
        left[stage] += 1
      }
    }
    done = []
    failed = []
    withheld = []
    uncovered = Set(wanted.keys.filter { covers[$0] == nil })
  }

  var isSettled: Bool { left.allSatisfy { $0 == 0 } }

  func stage(of key: ArtifactKey) -> PlannedStage? { wanted[key].map { stages[$0.stage] } }

  func task(_ key: ArtifactKey) -> PlannedTask? {
    wanted[key].map { stages[$0.stage].tasks[$0.task] }
  }

  mutating func cover(_ keys: [ArtifactKey], by cover: Cover) {
    for key in keys {
      covers[key] = cover
      uncovered.remove(key)
    }
  }

  /// A job has the task no more; where it is still wanted it is to be handed in again.
  mutating func uncover(_ key: ArtifactKey) {
    covers[key] = nil
    if wanted[key] != nil, !done.contains(key), !failed.contains(key), !withheld.contains(key) {
      uncovered.insert(key)
    }
  }

  mutating func finish(_ key: ArtifactKey) { settle(key, in: \.done) }
  mutating func fail(_ key: ArtifactKey) { settle(key, in: \.failed) }

  /// Keeps a task from being handed in again by this run.
  mutating func withhold(_ key: ArtifactKey) {
    covers[key] = nil
    uncovered.remove(key)
    if wanted[key] != nil { withheld.insert(key) }
  }

  private mutating func settle(
    _ key: ArtifactKey, in set: WritableKeyPath<TaskLedger, Set<ArtifactKey>>
  ) {
    covers[key] = nil
    uncovered.remove(key)
    guard let place = wanted[key], self[keyPath: set].insert(key).inserted else { return }
    left[place.stage] -= 1
  }

  /// What an input of a task is to it.
  enum Input {
    case there
    case inTheMaking(Cover)
    /// No job is to make it for now.
    case notYet
  }

  func input(_ key: ArtifactKey) -> Input {
    guard wanted[key] != nil, !done.contains(key) else { return .there }
    return covers[key].map { .inTheMaking($0) } ?? .notYet
  }
}

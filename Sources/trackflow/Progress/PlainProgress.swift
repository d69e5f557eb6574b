import Execution
import Foundation
import Synchronization
import Workflow

/// Progress as plain lines on standard error, for logs: a line at each stage's start and end, one in ten seconds between.
final class PlainProgress: RunProgress {
  private struct State {
    var clock: StageClock?
    var lastLine = ContinuousClock.now
  }

  private let state = Mutex(State())

  func stageStarted(_ name: String, tasks: Int, cached: Int) {
    let clock = StageClock(name: name, tasks: tasks, cached: cached)
    state.withLock { $0 = State(clock: clock) }
    let fromCache = cached > 0 ? ", \(cached) from the cache" : ""
    Self.write("\(name): \(tasks == 1 ? "1 task" : "\(tasks) events")\(fromCache)")
  }

  func taskEnded(stage: String, event: Int?) {
    state.withLock { state in
      state.clock?.taskEnded()
      Self.writeNowAndThen(&state)
    }
  }

  func taskProgressed(stage: String, _ progress: TaskProgress) {
    state.withLock { state in
      state.clock?.progressed(progress)
      Self.writeNowAndThen(&state)
    }
  }

  func stageEnded(_ name: String) {
    let clock = state.withLock { $0.clock }
    Self.write("\(name): done, \(clock?.summary ?? "")")
  }

  func notice(_ text: String) { Self.write(text) }

  private static func writeNowAndThen(_ state: inout State) {
    guard let clock = state.clock, ContinuousClock.now - state.lastLine > .seconds(10) else {
      return
    }
    state.lastLine = .now
    write("\(clock.name): \(clock.text)")
  }

  private static func write(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }
}

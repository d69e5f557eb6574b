import Execution
import Foundation
import Synchronization
import Workflow

/// Progress on a terminal: a bar for the stage at hand, a line for each that is done.
final class TerminalProgress: RunProgress {
  private struct State {
    var clock: StageClock?
    var lastDrawn: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private static let barWidth = 24

  func stageStarted(_ name: String, tasks: Int, cached: Int) {
    state.withLock { state in
      state = State(clock: StageClock(name: name, tasks: tasks, cached: cached))
      Self.draw(&state, always: true)
    }
  }

  func taskEnded(stage: String, event: Int?) {
    state.withLock { state in
      state.clock?.taskEnded()
      Self.draw(&state, always: false)
    }
  }

  func taskProgressed(stage: String, _ progress: TaskProgress) {
    state.withLock { state in
      state.clock?.progressed(progress)
      Self.draw(&state, always: false)
    }
  }

  func stageEnded(_ name: String) {
    state.withLock { state in
      guard let clock = state.clock else { return }
      Self.write("\r\u{1B}[K\(name)  done, \(clock.summary)\n")
      state = State()
    }
  }

  func notice(_ text: String) {
    state.withLock { state in
      Self.write("\r\u{1B}[K\(text)\n")
      Self.draw(&state, always: true)
    }
  }

  /// Draws the bar, at most ten times a second.
  private static func draw(_ state: inout State, always: Bool) {
    guard let clock = state.clock else { return }
    let now = ContinuousClock.now
    if !always, let last = state.lastDrawn, now - last < .milliseconds(100) { return }
    state.lastDrawn = now
    let filled = Int(clock.share * Double(barWidth))
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    var line = "\(clock.name)  \(bar)  \(clock.text)"
    let columns = terminalWidth()
    if line.count > columns { line = String(line.prefix(columns - 1)) }
    write("\r\u{1B}[K" + line)
  }

  private static func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

import Dispatch
import Execution
import Synchronization
import Workflow

/// Progress on a terminal: a line a stage and one for the whole run, drawn over as the run goes on.
public final class TerminalProgress: RunDisplay {
  private struct State {
    var board = RunBoard()
    var block = ScreenBlock()
  }

  private let terminal: Terminal
  private let start = ContinuousClock.now
  private let state = Mutex(State())
  // Dispatch sources may be used from any thread, which their type does not say.
  nonisolated(unsafe) private let timer: any DispatchSourceTimer

  public init(terminal: Terminal) {
    self.terminal = terminal
    timer = DispatchSource.makeTimerSource()
    // Often enough to seem alive and to follow a window's edge; nothing is written that is there already.
    timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(200))
    timer.setEventHandler { [weak self] in self?.tick() }
    timer.resume()
  }

  deinit { timer.cancel() }

  private var now: Double { (ContinuousClock.now - start) / .seconds(1) }

  public func planned(_ stages: [StageOutlook]) {
    redraw { board, _ in board.planned(stages) }
  }

  public func stageStarted(_ name: String, tasks: Int, cached: Int) {
    redraw { board, now in board.stageStarted(name, tasks: tasks, cached: cached, at: now) }
  }

  public func taskStarted(stage: String, event: Int?, worker: Int) {
    let now = now
    state.withLock {
      $0.board.timePassed(to: now)
      $0.board.taskStarted(stage: stage, event: event, worker: worker)
    }
  }

  public func taskEnded(stage: String, event: Int?) {
    let now = now
    state.withLock { $0.board.taskEnded(stage: stage, event: event, at: now) }
  }

  public func taskProgressed(stage: String, _ progress: TaskProgress) {
    let now = now
    state.withLock { $0.board.taskProgressed(stage: stage, progress, at: now) }
  }

  public func jobsChanged(_ jobs: StageJobs) {
    redraw { board, now in board.jobsChanged(jobs, at: now) }
  }

  public func stageEnded(_ name: String) {
    redraw { board, now in board.stageEnded(name, at: now) }
  }

  public func notice(_ text: String) {
    state.withLock { state in
      let width = terminal.size.width
      terminal.write(
        state.block.removal(terminalWidth: width) + TextWidth.printable(text) + "\n")
      draw(&state)
    }
  }

  public func runEnded() {
    timer.cancel()
    redraw { board, now in board.runEnded(at: now) }
    state.withLock { terminal.write($0.block.ending()) }
  }

  private func tick() {
    redraw { board, now in board.timePassed(to: now) }
  }

  private func redraw(_ change: (inout RunBoard, Double) -> Void) {
    let now = now
    state.withLock { state in
      if state.board.isOver { return }
      change(&state.board, now)
      draw(&state)
    }
  }

  private func draw(_ state: inout State) {
    let (width, height) = terminal.size
    // A row stays free for the cursor after the last line.
    func lines(colour: Bool) -> [String] {
      BoardDrawing.lines(
        of: state.board, width: width, height: max(1, height - 1), colour: colour)
    }
    let text = state.block.replace(
      with: lines(colour: terminal.hasColour),
      widths: lines(colour: false).map { TextWidth.columns(of: $0) }, terminalWidth: width)
    if !text.isEmpty { terminal.write(text) }
  }
}

import Execution
import Foundation

/// What shows a run to a person, and is told when the run is over.
public protocol RunDisplay: RunProgress {
  /// The run is over, done or not; the display leaves the terminal as it found it.
  func runEnded()
}

extension NoProgress: RunDisplay {
  public func runEnded() {}
}

/// The display for what standard error is: a terminal, or a log.
public func runDisplayOnStandardError() -> any RunDisplay {
  Terminal(descriptor: STDERR_FILENO).map { TerminalProgress(terminal: $0) }
    ?? PlainProgress { line in FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}

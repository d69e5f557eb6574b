import ArtifactStore
import Foundation
import Synchronization
import TerminalDisplay

/// How far a check of a cache is: a bar on a terminal, else a line every ten seconds.
final class CacheProgress: Sendable {
  private let isShown: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private let lastShown = Mutex(ContinuousClock.now)

  init(isShown: Bool) { self.isShown = isShown }

  func update(_ progress: CacheCheck.Progress) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let isTime = lastShown.withLock { last in
      guard now - last > (isTerminal ? .milliseconds(100) : .seconds(10)) else { return false }
      last = now
      return true
    }
    guard isTime else { return }
    let line = Self.text(progress, seconds: (now - start) / .seconds(1))
    guard isTerminal else { return Self.write("checking: \(line)\n") }
    let filled = Int(24 * Self.share(progress))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    Self.write("\r\u{1B}[Kchecking  \(bar)  \(line)")
  }

  func end() {
    if isShown, isTerminal { Self.write("\r\u{1B}[K") }
  }

  private static func share(_ progress: CacheCheck.Progress) -> Double {
    Double(progress.bytes) / Double(max(1, progress.allBytes))
  }

  /// `1200/5000 artifacts  350 MB/s  12 s left`
  private static func text(_ progress: CacheCheck.Progress, seconds: Double) -> String {
    let count = "\(progress.artifacts)/\(progress.allArtifacts) artifacts"
    guard progress.bytes > 0, seconds > 0 else { return count }
    let rate = Double(progress.bytes) / seconds
    let left = Double(progress.allBytes - progress.bytes) / rate
    return "\(count)  \(CacheText.bytes(Int64(rate)))/s  \(DurationText.text(left)) left"
  }

  private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

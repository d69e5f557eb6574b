import Foundation

/// What the terminal behind a file descriptor can do.
public struct Terminal: Sendable {
  let descriptor: Int32
  public let hasColour: Bool

  /// - Returns: nil where the descriptor is no terminal, or one whose cursor cannot be moved.
  public init?(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    guard isatty(descriptor) == 1 else { return nil }
    let kind = environment["TERM"] ?? ""
    guard !kind.isEmpty, kind != "dumb" else { return nil }
    self.descriptor = descriptor
    // NO_COLOR is a convention of many programs: any text in it means no.
    hasColour = (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns and rows at this moment.
  var size: (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }

  func write(_ text: String) {
    // One write a drawing, so that nothing half-drawn is seen; a terminal that is gone is no reason to stop.
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { return }
      start += max(0, count)
    }
  }
}

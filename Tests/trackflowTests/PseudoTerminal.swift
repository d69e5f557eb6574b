import Foundation
import Testing

/// A terminal that a program can be started on, and what was written to it.
final class PseudoTerminal {
  private let controller: Int32
  private let reader: Thread
  private final class Output: @unchecked Sendable {
    let lock = NSCondition()
    var bytes: [UInt8] = []
    var isAtEnd = false
  }
  private let output = Output()
  /// The program's side.
  let terminal: FileHandle

  init(columns: Int, rows: Int) throws {
    controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // Linux's requests to unlock the program's side, and for its number; C's header has them as macros.
    var (lock, number): (Int32, Int32) = (0, 0)
    try #require(controller >= 0 && ioctl(controller, 0x4004_5431, &lock) == 0)
    try #require(ioctl(controller, 0x8004_5430, &number) == 0)
    let path = "/dev/pts/\(number)"
    let descriptor = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(descriptor >= 0)
    terminal = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let (output, controller) = (output, controller)
    reader = Thread {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(controller, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        output.lock.withLock {
          if count > 0 { output.bytes += buffer[..<count] } else { output.isAtEnd = true }
          output.lock.broadcast()
        }
        if count <= 0 { return }
      }
    }
    reader.start()
    resize(columns: columns, rows: rows)
  }

  deinit { close(controller) }

  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until a text was written; false if the terminal was closed before.
  func wait(for text: String) -> Bool {
    output.lock.withLock {
      while true {
        if String(decoding: output.bytes, as: UTF8.self).contains(text) { return true }
        if output.isAtEnd { return false }
        output.lock.wait()
      }
    }
  }

  /// All that was written; promised to be called when the program has ended.
  func textAtEnd() -> String {
    // The last of the program's side closes the terminal for the reader.
    try? terminal.close()
    return output.lock.withLock {
      while !output.isAtEnd { output.lock.wait() }
      return String(decoding: output.bytes, as: UTF8.self)
    }
  }
}

import Foundation
import JSONDocument

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to write to a cache as the driver of a run: one driver at a time.
///
/// The kernel drops the lock when its holder ends, however it ends, so no lock is ever stale and none
/// is ever removed by hand. What the file holds is only for the words that name the holder.
public final class CacheLock: Sendable {
  private let file: Int32

  private init(file: Int32) { self.file = file }

  deinit { close(file) }

  /// Takes the lock at once, or gives nil where another process has it.
  public static func take(root: String, holder: LockHolder) throws(ArtifactError) -> CacheLock? {
    let path = Self.path(root: root)
    try FileSystem.createFolder(root)
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FileSystem.failure("the lock could not be opened", path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(file)
      if code == EWOULDBLOCK || code == EINTR { return nil }
      errno = code
      throw FileSystem.failure("the lock could not be taken", path)
    }
    let text = Array((holder.json.prettyText + "\n").utf8)
    let written = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    guard written == text.count, ftruncate(file, off_t(text.count)) == 0 else {
      let error = FileSystem.failure("the lock could not be written", path)
      close(file)
      throw error
    }
    return CacheLock(file: file)
  }

  /// Who holds, or last held, the lock.
  public static func holder(root: String) -> LockHolder? {
    guard let data = try? Data(contentsOf: URL(filePath: path(root: root))),
      let json = try? JSONDocument(parsing: Array(data), file: "lock").root
    else { return nil }
    return LockHolder(json: json)
  }

  private static func path(root: String) -> String { root + "/lock.json" }
}

/// The process that holds a lock: enough to find it, and to know that it is gone.
public struct LockHolder: Sendable, Equatable {
  public var host: String
  /// The kernel's identifier of this boot.
  public var boot: String
  public var process: Int
  /// Seconds since 1970.
  public var started: Int
  public var command: String

  /// This process.
  public static func current(command: String) -> LockHolder {
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return LockHolder(
      host: ProcessInfo.processInfo.hostName,
      boot: boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "",
      process: Int(getpid()), started: Int(Date().timeIntervalSince1970), command: command)
  }

  init(host: String, boot: String, process: Int, started: Int, command: String) {
    self.host = host
    self.boot = boot
    self.process = process
    self.started = started
    self.command = command
  }

  init?(json: JSONValue) {
    guard let host = json["host"]?.stringValue, let boot = json["boot"]?.stringValue,
      let process = json["process"]?.intValue, let started = json["started"]?.intValue,
      let command = json["command"]?.stringValue
    else { return nil }
    self.init(host: host, boot: boot, process: process, started: started, command: command)
  }

  var json: JSONValue {
    [
      "host": .string(host), "boot": .string(boot), "process": .integer(process),
      "started": .integer(started), "command": .string(command),
    ]
  }
}

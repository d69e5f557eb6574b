import Foundation
import JSONDocument

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process: enough to find it, and to know that it is gone.
public struct ProcessIdentity: Sendable, Equatable {
  public var host: String
  /// The kernel's identifier of the boot that it runs under.
  public var boot: String
  public var process: Int
  /// When it started, in the kernel's ticks since the boot; tells it from a later process of the same number.
  public var started: Int
  public var command: String

  public init(host: String, boot: String, process: Int, started: Int, command: String) {
    self.host = host
    self.boot = boot
    self.process = process
    self.started = started
    self.command = command
  }

  /// This process.
  public static func current(command: String) -> ProcessIdentity {
    ProcessIdentity(
      host: hostName, boot: currentBoot, process: Int(getpid()),
      started: startTime(of: Int(getpid())) ?? 0, command: command)
  }

  /// Whether it is surely gone: another boot of this machine, or no process of that number and start.
  ///
  /// - Returns: nil for a process of another machine, of which nothing is known here.
  public var isGone: Bool? {
    guard host == Self.hostName else { return nil }
    return boot != Self.currentBoot || Self.startTime(of: process) != started
  }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static var currentBoot: String {
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  /// The 22nd field of the kernel's line on a process; nil where there is none of that number.
  private static func startTime(of process: Int) -> Int? {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = line.lastIndex(of: ")")
    else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? Int(fields[19]) : nil
  }

  public init?(json: JSONValue) {
    guard let host = json["host"]?.stringValue, let boot = json["boot"]?.stringValue,
      let process = json["process"]?.intValue, let started = json["started"]?.intValue,
      let command = json["command"]?.stringValue
    else { return nil }
    self.init(host: host, boot: boot, process: process, started: started, command: command)
  }

  public var json: JSONValue {
    [
      "host": .string(host), "boot": .string(boot), "process": .integer(process),
      "started": .integer(started), "command": .string(command),
    ]
  }
}

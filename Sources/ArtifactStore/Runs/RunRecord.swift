import JSONDocument

/// What a cache remembers of a run: who did what, where its folder is, how it ended.
public struct RunRecord: Sendable, Equatable {
  public enum Status: String, Sendable {
    case running
    /// Everything that was asked for is there.
    case done
    /// Done over fewer events than asked for.
    case incomplete
    case failed
    case interrupted
  }

  public var id: String
  /// The name that the workflow gives itself.
  public var workflow: String
  /// The workflow's file.
  public var file: String
  /// The folder with its journal and reports.
  public var folder: String
  /// Seconds since 1970.
  public var started: Double
  public var ended: Double?
  public var status: Status
  /// Why it ended early.
  public var reason: String?
  public var process: ProcessIdentity
  public var version: String
  /// The workflow as it was run, defaults and overrides filled in.
  public var definition: JSONValue
  /// Names the list of the results that it uses; nil where it did not come so far.
  public var plan: String?
  /// Artifacts beside those of its plan that it made, such as checkpoints.
  public var published: [ArtifactKey] = []
  public var tasksRun = 0
  public var tasksCached = 0
  /// What it said at its end, as a program is told with `--json`; null before.
  public var summary: JSONValue = .null
  /// The files that it wrote, with their stamps.
  public var files: [WrittenFile] = []

  /// A file that a run wrote, as it was left.
  public struct WrittenFile: Sendable, Equatable {
    public var path: String
    public var stamp: FileSystem.Stamp

    public init(path: String, stamp: FileSystem.Stamp) {
      self.path = path
      self.stamp = stamp
    }
  }

  public init(
    id: String, workflow: String, file: String, folder: String, started: Double,
    process: ProcessIdentity, version: String, definition: JSONValue
  ) {
    self.id = id
    self.workflow = workflow
    self.file = file
    self.folder = folder
    self.started = started
    self.process = process
    self.version = version
    self.definition = definition
    status = .running
  }

  /// Whether the files that it wrote are as it left them.
  public var hasItsFiles: Bool {
    files.allSatisfy { FileSystem.stamp(of: $0.path) == $0.stamp }
  }
}

extension RunRecord {
  static let format = 1

  public var json: JSONValue {
    [
      "format": .integer(Self.format), "id": .string(id), "workflow": .string(workflow),
      "file": .string(file), "folder": .string(folder), "started": .number(started),
      "ended": ended.map { .number($0) } ?? .null, "status": .string(status.rawValue),
      "reason": reason.map { .string($0) } ?? .null, "process": process.json,
      "version": .string(version), "plan": plan.map { .string($0) } ?? .null,
      "published": .array(published.map { .string($0.hex) }),
      "tasksRun": .integer(tasksRun), "tasksCached": .integer(tasksCached), "summary": summary,
      "files": .array(
        files.map {
          [
            "path": .string($0.path), "size": .integer(Int($0.stamp.size)),
            "modified": .integer(Int($0.stamp.modified)),
            "inode": .integer(Int(truncatingIfNeeded: $0.stamp.inode)),
          ]
        }),
      "definition": definition,
    ]
  }

  /// Nil for what is no record, or one of a later format.
  public init?(json: JSONValue) {
    guard let format = json["format"]?.intValue, format <= Self.format,
      let id = json["id"]?.stringValue, let workflow = json["workflow"]?.stringValue,
      let file = json["file"]?.stringValue, let folder = json["folder"]?.stringValue,
      let started = json["started"]?.doubleValue,
      let status = json["status"]?.stringValue.flatMap(Status.init(rawValue:)),
      let process = json["process"].flatMap(ProcessIdentity.init(json:)),
      let version = json["version"]?.stringValue, let definition = json["definition"]
    else { return nil }
    self.init(
      id: id, workflow: workflow, file: file, folder: folder, started: started, process: process,
      version: version, definition: definition)
    self.status = status
    ended = json["ended"]?.doubleValue
    reason = json["reason"]?.stringValue
    plan = json["plan"]?.stringValue
    published = (json["published"]?.arrayValue ?? []).compactMap {
      $0.stringValue.flatMap(ArtifactKey.init(hex:))
    }
    tasksRun = json["tasksRun"]?.intValue ?? 0
    tasksCached = json["tasksCached"]?.intValue ?? 0
    summary = json["summary"] ?? .null
    files = (json["files"]?.arrayValue ?? []).compactMap { file in
      guard let path = file["path"]?.stringValue, let size = file["size"]?.intValue,
        let modified = file["modified"]?.intValue, let inode = file["inode"]?.intValue
      else { return nil }
      return WrittenFile(
        path: path,
        stamp: FileSystem.Stamp(
          size: Int64(size), modified: Int64(modified), inode: UInt64(truncatingIfNeeded: inode)))
    }
  }
}

import JSONDocument

/// What a stage's tasks may take, and what becomes of those that fail; in no key, for no result depends on it.
public struct StageLimits: Sendable, Equatable {
  /// The most of its tasks that run at the same time.
  public var workers: Int?
  /// The most memory that one task may take.
  public var memory: MemorySize?
  /// The longest that one task may run.
  public var timeLimit: TimeSpan?
  /// How often a task that failed is tried again.
  public var retries: Int?
  /// What becomes of the run when a task has failed for good.
  public var onError: ErrorPolicy?

  /// What becomes of a run when a task has failed for good.
  public enum ErrorPolicy: String, Sendable, CaseIterable {
    /// The run ends.
    case stop
    /// The event is left out, and the run goes on.
    case setAside = "set-aside"
  }

  public init(
    workers: Int? = nil, memory: MemorySize? = nil, timeLimit: TimeSpan? = nil,
    retries: Int? = nil, onError: ErrorPolicy? = nil
  ) {
    self.workers = workers
    self.memory = memory
    self.timeLimit = timeLimit
    self.retries = retries
    self.onError = onError
  }

  /// The keys of a stage that give its limits.
  public static let names = ["workers", "memory", "timeLimit", "retries", "onError"]

  /// The limits as a workflow writes them.
  public var json: JSONValue { .object(members) }

  /// Nil where one of them has a value that it can't have.
  public init?(json: JSONValue) {
    for member in json.members ?? [] {
      guard set(member.name, to: member.value) else { return nil }
    }
  }

  /// Those that were given, as a workflow writes them.
  var members: [JSONMember] {
    let values: [(String, JSONValue?)] = [
      ("workers", workers.map { .integer($0) }), ("memory", memory.map { .string($0.text) }),
      ("timeLimit", timeLimit.map { .string($0.text) }), ("retries", retries.map { .integer($0) }),
      ("onError", onError.map { .string($0.rawValue) }),
    ]
    return values.compactMap { name, value in value.map { JSONMember(name: name, value: $0) } }
  }
}

extension StageLimits {
  /// The longest time limit, and the shortest.
  private static let times = 1.0...86400 * 365
  /// The least memory that a task can do anything with.
  private static let leastMemory = 10_000_000

  /// What a limit may be, in words.
  static func expectation(of name: String) -> String {
    switch name {
    case "workers": "a whole number from 1 to 1024"
    case "memory": "an amount of memory of at least 10 MB, such as \"4 GB\" or \"800 MB\","
    case "timeLimit": "a time from 1 s to 365 d, such as \"90 s\", \"10 min\" or \"2 h\","
    case "retries": "a whole number from 0 to 100"
    default: "\"stop\" or \"set-aside\""
    }
  }

  /// Takes the value of a limit over.
  ///
  /// - Returns: whether the value is one that the limit can have.
  mutating func set(_ name: String, to value: JSONValue) -> Bool {
    switch name {
    case "workers":
      guard let count = value.intValue, (1...1024).contains(count) else { return false }
      workers = count
    case "memory":
      guard let size = value.stringValue.flatMap(MemorySize.init(_:)),
        size.bytes >= Self.leastMemory
      else { return false }
      memory = size
    case "timeLimit":
      guard let time = value.stringValue.flatMap(TimeSpan.init(_:)),
        Self.times.contains(time.seconds)
      else { return false }
      timeLimit = time
    case "retries":
      guard let count = value.intValue, (0...100).contains(count) else { return false }
      retries = count
    case "onError":
      guard let policy = value.stringValue.flatMap(ErrorPolicy.init(rawValue:)) else {
        return false
      }
      onError = policy
    default: return false
    }
    return true
  }

  /// The limits as JSON schemas, by name.
  static let schemas: [JSONMember] = [
    JSONMember(
      name: "workers",
      value: [
        "type": "integer", "minimum": 1, "maximum": 1024,
        "description":
          "The most of its tasks that run at the same time (default: what --workers says).",
      ]),
    JSONMember(
      name: "memory",
      value: [
        "type": "string", "pattern": .string(MemorySize.pattern),
        "description":
          "The most memory that one task may take, such as \"4 GB\", at least 10 MB (default: no limit).",
      ]),
    JSONMember(
      name: "timeLimit",
      value: [
        "type": "string", "pattern": .string(TimeSpan.pattern),
        "description":
          "The longest that one task may run, such as \"90 s\", \"10 min\" or \"2 h\", from 1 s to 365 d (default: no limit).",
      ]),
    JSONMember(
      name: "retries",
      value: [
        "type": "integer", "minimum": 0, "maximum": 100,
        "description": "How often a task that failed is tried again.",
      ]),
    JSONMember(
      name: "onError",
      value: [
        "enum": .array(ErrorPolicy.allCases.map { .string($0.rawValue) }),
        "description":
          "When a task has failed for good: \"stop\" the run, or \"set-aside\" its event and go on.",
      ]),
  ]
}

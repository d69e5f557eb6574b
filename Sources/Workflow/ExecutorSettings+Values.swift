import JSONDocument

extension ExecutorSettings {
  /// The keys of `executor`.
  public static let names =
    ["kind"] + textNames + ["time", "memory", "maxMemory"] + countNames + listNames
    + ["instructionSet"]
  /// Those that are said once, for the whole workflow.
  static let workflowNames = ["kind", "instructionSet"]
  /// Those that a stage may say otherwise.
  public static let stageNames = names.filter { !workflowNames.contains($0) }

  static let textNames = ["partition", "account"]
  static let countNames = ["cpus", "eventsPerJob", "maxJobs"]
  static let listNames = ["setup", "extra"]
  /// As `TRACKFLOW_KERNELS` takes them.
  static let instructionSets = ["baseline", "v3", "v4", "neon"]

  /// The longest time of a job, and the shortest, for Slurm counts in minutes.
  private static let times = 60.0...86400 * 365
  private static let leastMemory = 10_000_000
  static let counts = ["cpus": 1...1024, "eventsPerJob": 1...100_000, "maxJobs": 1...100_000]

  /// What a setting may be, in words.
  static func expectation(of name: String) -> String {
    switch name {
    case "kind": "\"local\" or \"slurm\""
    case "partition": "a partition, or several with commas between, without white space,"
    case "account": "one word without white space and commas"
    case "time": "a time from 1 min to 365 d, such as \"30 min\" or \"2 h\","
    case "memory", "maxMemory":
      "an amount of memory of at least 10 MB, such as \"4 GB\" or \"800 MB\","
    case "setup": "a list of lines of shell, such as [\"module load gcc\"],"
    case "extra": "a list of arguments of sbatch, such as [\"--qos=long\"],"
    case "instructionSet": instructionSets.map { "\"\($0)\"" }.joined(separator: ", ")
    default:
      "a whole number from \(counts[name]?.lowerBound ?? 1) to \(counts[name]?.upperBound ?? 1)"
    }
  }

  /// Takes over the value of a setting that is no list.
  ///
  /// - Returns: whether the value is one that the setting can have.
  mutating func set(_ name: String, to value: JSONValue) -> Bool {
    switch name {
    case "kind":
      kind = value.stringValue.flatMap(Kind.init(rawValue:))
      return kind != nil
    case "partition":
      partition = value.stringValue.flatMap { Self.isWord($0) ? $0 : nil }
      return partition != nil
    case "account":
      account = value.stringValue.flatMap { Self.isWord($0) && !$0.contains(",") ? $0 : nil }
      return account != nil
    case "time":
      time = value.stringValue.flatMap(TimeSpan.init(_:)).flatMap {
        Self.times.contains($0.seconds) ? $0 : nil
      }
      return time != nil
    case "memory":
      memory = Self.memory(value)
      return memory != nil
    case "maxMemory":
      maxMemory = Self.memory(value)
      return maxMemory != nil
    case "cpus":
      cpus = Self.count(value, of: name)
      return cpus != nil
    case "eventsPerJob":
      eventsPerJob = Self.count(value, of: name)
      return eventsPerJob != nil
    case "maxJobs":
      maxJobs = Self.count(value, of: name)
      return maxJobs != nil
    case "instructionSet":
      instructionSet = value.stringValue.flatMap { Self.instructionSets.contains($0) ? $0 : nil }
      return instructionSet != nil
    default: return false
    }
  }

  private static func memory(_ value: JSONValue) -> MemorySize? {
    value.stringValue.flatMap(MemorySize.init(_:)).flatMap { $0.bytes >= leastMemory ? $0 : nil }
  }

  private static func count(_ value: JSONValue, of name: String) -> Int? {
    value.intValue.flatMap { counts[name]?.contains($0) == true ? $0 : nil }
  }

  /// Whether a text can be one of the words of a command: no white space, nothing unprintable.
  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value >= 0x20 }
  }

  /// Whether a text is one line.
  static func isLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 != "\n" && $0 != "\r" && $0 != "\0" }
  }

  /// Those that were given, as a workflow writes them.
  var json: JSONValue {
    func list(_ texts: [String]?) -> JSONValue? { texts.map { .array($0.map { .string($0) }) } }
    let values: [(String, JSONValue?)] = [
      ("kind", kind.map { .string($0.rawValue) }), ("partition", partition.map { .string($0) }),
      ("account", account.map { .string($0) }), ("time", time.map { .string($0.text) }),
      ("memory", memory.map { .string($0.text) }),
      ("maxMemory", maxMemory.map { .string($0.text) }), ("cpus", cpus.map { .integer($0) }),
      ("eventsPerJob", eventsPerJob.map { .integer($0) }),
      ("maxJobs", maxJobs.map { .integer($0) }), ("setup", list(setup)), ("extra", list(extra)),
      ("instructionSet", instructionSet.map { .string($0) }),
    ]
    return .object(
      values.compactMap { name, value in value.map { JSONMember(name: name, value: $0) } })
  }

  /// The member of a workflow or stage; none where nothing was given.
  var members: [JSONMember] { isEmpty ? [] : [JSONMember(name: "executor", value: json)] }
}

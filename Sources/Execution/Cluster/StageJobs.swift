import JSONDocument

/// The jobs of a stage in a cluster's queue.
public struct StageJobs: Sendable, Equatable {
  public var stage: String
  public var waiting: Int
  public var running: Int
  /// Why jobs wait, in Slurm's words, the most frequent first.
  public var reasons: [Reason]

  public struct Reason: Sendable, Equatable {
    public var reason: String
    public var jobs: Int

    public init(reason: String, jobs: Int) {
      self.reason = reason
      self.jobs = jobs
    }
  }

  public init(stage: String, waiting: Int, running: Int, reasons: [Reason]) {
    self.stage = stage
    self.waiting = waiting
    self.running = running
    self.reasons = reasons
  }

  var journalMembers: [JSONMember] {
    [
      JSONMember(name: "stage", value: .string(stage)),
      JSONMember(name: "waiting", value: .integer(waiting)),
      JSONMember(name: "running", value: .integer(running)),
      JSONMember(
        name: "reasons",
        value: .array(
          reasons.map { ["reason": .string($0.reason), "jobs": .integer($0.jobs)] })),
    ]
  }

  /// Nil for what is no line of a journal on a queue.
  public init?(json: JSONValue) {
    guard let stage = json["stage"]?.stringValue, let waiting = json["waiting"]?.intValue,
      let running = json["running"]?.intValue
    else { return nil }
    self.init(
      stage: stage, waiting: waiting, running: running,
      reasons: (json["reasons"]?.arrayValue ?? []).compactMap { reason in
        guard let word = reason["reason"]?.stringValue, let jobs = reason["jobs"]?.intValue else {
          return nil
        }
        return Reason(reason: word, jobs: jobs)
      })
  }
}

/// Why a job waits, from Slurm's word for it.
public enum PendingReason {
  /// Whether the job will wait for ever, however long one waits, unless somebody changes it or its limits.
  ///
  /// A held job is none of these: it is released by a person and needs no other request.
  ///
  /// - Returns: what is wrong in plain words; nil where waiting may help, or where the word is not known.
  public static func isHopeless(_ reason: String) -> String? {
    let word = word(of: reason)
    if let words = hopeless[word] { return words }
    // A limit for one job or one node, of a QOS or an account, is not met by waiting; one for a user or a group is.
    let isOfLimit = ["QOSMax", "AssocMax", "QOSMin"].contains { word.hasPrefix($0) }
    guard isOfLimit, word.hasPrefix("QOSMin") || word.contains("PerJob") || word.contains("PerNode")
    else { return nil }
    let asked = word.hasPrefix("QOSMin") ? "it asks for less than" : "it asks for more than"
    let by = word.hasPrefix("QOS") ? "its quality of service" : "its account"
    return "\(asked) \(by) allows (\(word))"
  }

  /// A reason in plain words; one that is not known as Slurm says it, and nothing for none.
  public static func words(for reason: String) -> String {
    let word = word(of: reason)
    if word == "ReqNodeNotAvail" {
      let more = reason.dropFirst(word.count).drop { ", ".contains($0) }
      return "the nodes it needs are down, drained or reserved" + (more.isEmpty ? "" : " (\(more))")
    }
    if let words = passing[word] ?? isHopeless(word) { return words }
    if word.hasPrefix("QOSGrp") || word.hasPrefix("AssocGrp") {
      return "its group uses all that it may at the same time (\(word))"
    }
    if word.hasPrefix("QOSMax") || word.hasPrefix("AssocMax"), word.contains("PerUser") {
      return "its user uses all that one may at the same time (\(word))"
    }
    if word.hasPrefix("Max"), word.hasSuffix("PerAccount") {
      return "its account uses all that it may at the same time (\(word))"
    }
    return reason
  }

  /// The word at the beginning: some are followed by more, as in `ReqNodeNotAvail, UnavailableNodes:n[1-3]`.
  private static func word(of reason: String) -> String {
    String(reason.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  private static let hopeless = [
    "AccountNotAllowed": "its account may not use this partition",
    "AccountingPolicy": "a limit of its account or quality of service does not allow it",
    "BadConstraints": "no node of this partition has what it asks for",
    "DependencyNeverSatisfied": "what it needs was not made",
    "InvalidAccount": "its account is none that Slurm knows",
    "InvalidQOS": "its quality of service is none that Slurm knows",
    "MaxMemPerLimit": "it asks for more memory than a job of this partition may have",
    "PartitionConfig": "the partition's configuration does not allow it",
    "PartitionNodeLimit": "it asks for more nodes than a job of this partition may have",
    "PartitionTimeLimit": "it asks for more time than a job of this partition may have",
    "QOSNotAllowed": "its quality of service may not use this partition",
    "ReservationDeleted": "the reservation that it was for is gone",
  ]

  private static let passing = [
    "AssocMaxJobsLimit": "as many of its account's jobs run as may",
    "AssociationJobLimit": "as many of its account's jobs run as may",
    "BeginTime": "its time to begin has not come",
    "Cleaning": "what ran of it before is being cleared away",
    "Dependency": "what it needs is being made",
    "JobArrayTaskLimit": "as many run as maxJobs lets",
    "JobHeldAdmin": "held by an administrator, who can release it",
    "JobHeldUser": "held by its user; scontrol release lets it go on",
    "JobHoldMaxRequeue": "held: it was begun too often; scontrol release lets it go on",
    "Licenses": "all licenses that it needs are in use",
    "NodeDown": "a node that it needs is down",
    "PartitionDown": "the partition is down",
    "PartitionInactive": "the partition starts no jobs for now",
    "Priority": "others go first",
    "Prolog": "its node is being made ready",
    "QOSJobLimit": "as many jobs of its quality of service run as may",
    "Reservation": "its reservation has not begun",
    "Resources": "no node is free",
    "launch": "held: it could not be started; scontrol release lets it try again",
  ]
}

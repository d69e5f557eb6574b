/// The exit codes in words; the README's table and the manual say the same.
extension ExitStatus {
  /// What a code says.
  var meaning: String {
    switch self {
    case .success: "done"
    case .eventsSetAside: "done, but over fewer events than asked for"
    case .regression: "done, but a number is worse than the thresholds of the nightly allow"
    case .usage: "wrong usage"
    case .badData: "bad input data, or something wrong with a cache"
    case .missingInput: "input missing"
    case .unavailable: "a worker, a tool or a night could not be started"
    case .internalError: "internal error"
    case .cannotCreate: "output cannot be created"
    case .storage: "reading or writing failed, or a newer trackflow made the cache"
    case .badWorkflow: "bad workflow or configuration"
    case .interrupted: "interrupted"
    }
  }

  /// What a user does about it; empty where there is nothing to do.
  var advice: String {
    switch self {
    case .success: ""
    case .eventsSetAside: "the report, or the message, says which and why"
    case .regression: "the page of the nights says which, and what was changed"
    case .usage: "`trackflow help <command>`"
    case .badData: "the message names file, line and column, or what to do"
    case .missingInput: "see `trackflow data list`"
    case .unavailable: "the message names it"
    case .internalError: "please report it with its `journal.jsonl`"
    case .cannotCreate: "choose another folder"
    case .storage: "see whether the disk is full; use the newer one"
    case .badWorkflow: "the message names line and column"
    case .interrupted: "the same command goes on"
    }
  }
}

import JSONDocument

/// The answer of `squeue --json`, of both generations of its form.
///
/// Until Slurm 23.02 a state is a string and a number a number, null where there is none; since then a state is a
/// list of strings and a number may be `{"set": true, "infinite": false, "number": 5}`. Elements that wait may be
/// told of together, their places as `0-9,12%5`.
enum QueueJSON {
  /// - Returns: nil where it has another form.
  static func jobs(in output: String) -> [SlurmJob]? {
    guard let document = try? JSONDocument(parsing: Array(output.utf8), file: "squeue"),
      let records = document.root["jobs"]?.arrayValue
    else { return nil }
    var jobs: [SlurmJob] = []
    for record in records {
      guard let elements = elements(of: record) else { return nil }
      jobs += elements
    }
    return jobs
  }

  private static func elements(of record: JSONValue) -> [SlurmJob]? {
    let states = record["job_state"]?.arrayValue ?? record["job_state"].map { [$0] } ?? []
    let words = states.compactMap(\.stringValue)
    guard let name = record["name"]?.stringValue, let id = number(record["job_id"]),
      !words.isEmpty, words.allSatisfy(JobStateWord.isOne)
    else { return nil }
    let array = number(record["array_job_id"]) ?? 0
    let told = record["state_description"]?.stringValue ?? ""
    let reason = JobReasonWord.plain(
      told.isEmpty ? record["state_reason"]?.stringValue ?? "" : told)
    let job = SlurmJob(
      name: name, job: array > 0 ? array : id,
      element: array > 0 ? number(record["array_task_id"]) : nil,
      state: JobStateWord.state(of: words, reason: reason, signal: signal(in: record["exit_code"])),
      reason: reason,
      node: NodeName.first(of: record["batch_host"]?.stringValue ?? "")
        ?? NodeName.first(of: record["nodes"]?.stringValue ?? ""))
    guard job.element == nil, let text = record["array_task_string"]?.stringValue, !text.isEmpty
    else { return [job] }
    return ArrayPlaces.expand(text)?.map { place in
      var element = job
      element.element = place
      return element
    }
  }

  private static func signal(in exitCode: JSONValue?) -> Int? {
    guard let exitCode, exitCode.members != nil else {
      return exitCode?.intValue.flatMap(JobExitCode.signal(ofStatus:))
    }
    return number(exitCode["signal"]?["id"] ?? exitCode["signal"]?["signal_id"])
  }

  private static func number(_ value: JSONValue?) -> Int? {
    guard let value, value.members != nil else { return value?.intValue }
    return value["set"]?.boolValue == false ? nil : value["number"]?.intValue
  }
}

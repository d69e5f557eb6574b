/// The answer of `squeue --Format`: a line for each job or element, its fields parted by bars.
enum QueueColumns {
  /// A size of 0 has a field neither cut nor filled up. The reason and the name, which may be anything, come last.
  static let format =
    ["ArrayJobID", "ArrayTaskID", "State", "BatchHost", "NodeList", "exit_code", "Reason"]
    .map { "\($0):0|" }.joined(separator: ",") + ",Name:0"

  /// - Returns: nil where a line has another form.
  static func jobs(in output: String) -> [SlurmJob]? {
    var jobs: [SlurmJob] = []
    for line in output.split(whereSeparator: \.isNewline) {
      // Where clusters are chosen by SLURM_CLUSTERS, each has a heading.
      if line.hasPrefix("CLUSTER: ") { continue }
      guard let elements = elements(in: line) else { return nil }
      jobs += elements
    }
    return jobs
  }

  private static func elements(in line: Substring) -> [SlurmJob]? {
    let fields = line.split(separator: "|", maxSplits: 6, omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    guard fields.count == 7, let job = Int(fields[0]), JobStateWord.isOne(fields[2]),
      let bar = fields[6].lastIndex(of: "|")
    else { return nil }
    let reason = JobReasonWord.plain(String(fields[6][..<bar]))
    let element = SlurmJob(
      name: String(fields[6][fields[6].index(after: bar)...]), job: job, element: nil,
      state: JobStateWord.state(
        of: [fields[2]], reason: reason, signal: JobExitCode.signal(in: fields[5])), reason: reason,
      node: NodeName.first(of: fields[3]) ?? NodeName.first(of: fields[4]))
    if fields[1] == "N/A" || fields[1].isEmpty { return [element] }
    guard let places = ArrayPlaces.expand(fields[1]) else { return nil }
    return places.map { place in
      var element = element
      element.element = place
      return element
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

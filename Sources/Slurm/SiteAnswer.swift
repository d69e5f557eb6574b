/// What the programs tell of a site.
enum SiteAnswer {
  /// Before it, `squeue` lacks what it is asked with here.
  static let needed = (major: 20, minor: 11)

  /// The version in an answer such as `slurm 22.05.8`, `slurm-wlm 22.05.8` or `slurm 23.02.7-1`.
  ///
  /// - Throws: `SlurmError.unknownDialect`, `.tooOld`.
  static func version(_ output: String) throws -> String {
    for word in output.split(whereSeparator: \.isWhitespace) {
      let version = word.prefix { $0.isNumber || $0 == "." }
      let parts = version.split(separator: ".").map { Int($0) }
      guard parts.count >= 2, let major = parts[0], let minor = parts[1] else { continue }
      if (major, minor) < needed {
        throw SlurmError.tooOld(
          found: String(version), needed: "\(needed.major).\(needed.minor)")
      }
      return String(version)
    }
    throw SlurmError.unknownDialect(
      program: "sbatch", answer: output.isEmpty ? "nothing" : String(output.prefix(120)))
  }

  /// - Parameter configuration: the answer of `scontrol show config`, lines of `Name = value`.
  /// - Throws: `SlurmError.unknownDialect` where it does not name the cluster.
  static func site(version: String, configuration: String) throws -> SlurmSite {
    var values: [Substring: Substring] = [:]
    for line in configuration.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count >= 3, words[1] == "=", values[words[0]] == nil { values[words[0]] = words[2] }
    }
    guard let cluster = values["ClusterName"] else {
      throw SlurmError.unknownDialect(
        program: "scontrol",
        answer: configuration.isEmpty ? "nothing" : String(configuration.prefix(120)))
    }
    return SlurmSite(
      version: version, cluster: String(cluster),
      largestArray: values["MaxArraySize"].flatMap { Int($0) } ?? 1001)
  }
}

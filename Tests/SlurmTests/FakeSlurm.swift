import Foundation
import Slurm
import TestSupport

/// A folder of shell scripts that stand in for Slurm's programs, first on a client's `PATH`.
final class FakeSlurm: Sendable {
  let folder: TemporaryFolder

  /// Programs that answer as a healthy Slurm does, with an empty queue.
  init() throws {
    // A script that fails before it reads its input must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    folder = try TemporaryFolder()
    try program("sbatch", says: "slurm-wlm 22.05.8")
    try program("scancel", says: "slurm-wlm 22.05.8")
    try program("scontrol", says: "ClusterName             = alps\nMaxArraySize            = 2001")
    try program("squeue", says: "")
  }

  /// - Parameter body: of a shell script, in which `$here` is the folder.
  func program(_ name: String, _ body: String) throws {
    let path = try folder.write("#!/bin/sh\nhere='\(folder.path)'\n\(body)\n", to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  func program(_ name: String, says output: String, errors: String = "", status: Int = 0) throws {
    let answer = try folder.write(output + (output.isEmpty ? "" : "\n"), to: "\(name).out")
    let complaint = try folder.write(errors + (errors.isEmpty ? "" : "\n"), to: "\(name).err")
    try program(
      name,
      """
      cat >"$here/\(name).in"
      printf '%s\\n' "$@" >"$here/\(name).arguments"
      env >"$here/\(name).environment"
      cat '\(answer)'; cat '\(complaint)' >&2; exit \(status)
      """)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: folder.appending(name))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.appending(name), encoding: .utf8)
  }

  func client(
    _ environment: [String: String] = [:], answerLimit: Duration = .seconds(60),
    submitLimit: Duration = .seconds(60)
  ) -> SlurmClient {
    let path = ["PATH": "\(folder.path):/usr/bin:/bin"]
    return SlurmClient(
      environment: environment.merging(path) { $1 }, answerLimit: answerLimit,
      submitLimit: submitLimit)
  }
}

extension JobRequest {
  static let small = JobRequest(
    name: "run-graphs", places: Array(0..<3), outputPath: "/logs/%A-%a.log", folder: "/data",
    script: "#!/bin/sh\necho \"$HOME\"\n")
}

extension FakeSlurm {
  /// A `PATH` on which there is, beside the scripts, only what they use.
  func pathWithTools() throws -> String {
    let tools = folder.appending("tools")
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    for tool in ["cat", "env"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(tools)/\(tool)", withDestinationPath: "/usr/bin/\(tool)")
    }
    return "\(folder.path):\(tools)"
  }
}

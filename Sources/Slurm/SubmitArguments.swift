/// A request in the words of `sbatch`, and its answer.
enum SubmitArguments {
  /// The script goes to standard input; the request's own further arguments come last and so have the last word.
  static func of(_ request: JobRequest) -> [String] {
    let places =
      ArrayPlaces.text(of: request.places) + (request.maximumRunning.map { "%\($0)" } ?? "")
    var arguments = [
      "--parsable", "--job-name=\(request.name)", "--array=\(places)", "--no-requeue",
      "--kill-on-invalid-dep=yes", "--nodes=1", "--ntasks=1",
      "--cpus-per-task=\(request.processors)", "--output=\(request.outputPath)",
      "--open-mode=append", "--chdir=\(request.folder)", "--export=ALL",
    ]
    if !request.dependencies.isEmpty {
      let all = request.dependencies.map { dependency in
        switch dependency {
        case .element(let job): "aftercorr:\(job)"
        case .whole(let job): "afterok:\(job)"
        }
      }
      arguments.append("--dependency=" + all.joined(separator: ","))
    }
    if let partition = request.partition { arguments.append("--partition=\(partition)") }
    if let account = request.account { arguments.append("--account=\(account)") }
    if let seconds = request.seconds { arguments.append("--time=\(minutes(seconds))") }
    if let memory = request.memory { arguments.append("--mem=\(mebibytes(memory))M") }
    return arguments + request.extra
  }

  /// Slurm counts a limit in whole minutes, and none stands for no limit.
  static func minutes(_ seconds: Double) -> Int {
    Int(min(max((seconds / 60).rounded(.up), 1), 500_000_000))
  }

  /// No memory stands for all that a node has.
  static func mebibytes(_ bytes: Int) -> Int {
    max(1, bytes / 1_048_576 + (bytes % 1_048_576 > 0 ? 1 : 0))
  }

  /// The id in an answer of `--parsable`: `123` or `123;cluster`, in the last such line where a site says more.
  static func job(toldBy output: String) -> Int? {
    for line in output.split(whereSeparator: \.isNewline).reversed() {
      let id = line.split(separator: ";", omittingEmptySubsequences: false)[0]
      if let job = Int(id.filter { !$0.isWhitespace }), job > 0 { return job }
    }
    return nil
  }
}

import Slurm
import Testing

@Suite struct SlurmSubmitTests {
  @Test(arguments: [
    ("17", 17), ("17;alps", 17), ("Your project has 12 h left\n17", 17), ("17\n", 17),
    ("sbatch says hello\n17;alps\nbye", 17),
  ])
  func theIdIsRead(said: String, job: Int) async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: said)
    #expect(try await slurm.client().submit(.small) == job)
  }

  @Test func anAnswerWithoutAnIdIsNoKnownDialect() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "Submitted batch job seventeen")
    let error = await #expect(throws: SlurmError.self) { try await slurm.client().submit(.small) }
    #expect(error == .unknownDialect(program: "sbatch", answer: "Submitted batch job seventeen"))
  }

  @Test func theScriptGoesToStandardInput() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "17")
    _ = try await slurm.client().submit(.small)
    #expect(try slurm.text("sbatch.in") == JobRequest.small.script)
  }

  @Test func aPlainRequestLeavesTheSitesDefaults() async throws {
    let arguments = try await arguments(of: .small)
    #expect(
      arguments == [
        "--parsable", "--job-name=run-graphs", "--array=0-2", "--no-requeue",
        "--kill-on-invalid-dep=yes", "--nodes=1", "--ntasks=1", "--cpus-per-task=1",
        "--output=/logs/%A-%a.log", "--open-mode=append", "--chdir=/data", "--export=ALL",
      ])
  }

  @Test func aFullRequestSaysAll() async throws {
    var request = JobRequest.small
    request.maximumRunning = 2
    request.partition = "fast"
    request.account = "alice"
    request.seconds = 61
    request.memory = 2_000_000_000
    request.processors = 4
    request.dependencies = [.whole(job: 5), .element(job: 6)]
    request.extra = ["--constraint=avx512", "--export=NONE"]
    let arguments = try await arguments(of: request)
    for wanted in [
      "--array=0-2%2", "--partition=fast", "--account=alice", "--time=2", "--mem=1908M",
      "--cpus-per-task=4", "--dependency=afterok:5,aftercorr:6",
    ] {
      #expect(arguments.contains(wanted), "\(wanted)")
    }
    #expect(arguments.suffix(2) == ["--constraint=avx512", "--export=NONE"])
  }

  @Test(arguments: [
    (0, "--time=1"), (60, "--time=1"), (3600.5, "--time=61"), (1e300, "--time=500000000"),
  ])
  func timeIsRoundedUpToMinutesAndNeverNone(seconds: Double, wanted: String) async throws {
    var request = JobRequest.small
    request.seconds = seconds
    #expect(try await arguments(of: request).contains(wanted))
  }

  @Test(arguments: [(0, "--mem=1M"), (1_048_576, "--mem=1M"), (1_048_577, "--mem=2M")])
  func memoryIsRoundedUpToMebibytesAndNeverAll(bytes: Int, wanted: String) async throws {
    var request = JobRequest.small
    request.memory = bytes
    #expect(try await arguments(of: request).contains(wanted))
  }

  @Test func theJobHasTheUsersEnvironmentAndDefaults() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "17")
    _ = try await slurm.client([
      "LC_ALL": "de_DE.UTF-8", "SBATCH_PARTITION": "fast", "SBATCH_ACCOUNT": "alice",
      "SBATCH_WAIT": "1", "SBATCH_ARRAY_INX": "7", "SBATCH_OUTPUT": "x", "SBATCH_CLUSTERS": "alps",
    ]).submit(.small)
    let names = try slurm.text("sbatch.environment").split(separator: "\n").map(String.init)
    for kept in [
      "LC_ALL=de_DE.UTF-8", "SBATCH_PARTITION=fast", "SBATCH_ACCOUNT=alice", "SLURM_CLUSTERS=alps",
    ] {
      #expect(names.contains(kept), "\(kept)")
    }
    for gone in ["SBATCH_WAIT", "SBATCH_ARRAY_INX", "SBATCH_OUTPUT", "SBATCH_CLUSTERS"] {
      #expect(!names.contains { $0.hasPrefix(gone) }, "\(gone)")
    }
  }

  @Test(arguments: [
    "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
    "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
    "sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received",
    "sbatch: error: Batch job submission failed: Connection refused",
    "sbatch: error: If munged is up, restart with --num-threads=10\nsbatch: error: Munge encode failed: Failed to access \"/run/munge/munge.socket.2\": No such file or directory",
    "sbatch: error: Batch job submission failed: Invalid authentication credential",
    "sbatch: fatal: Could not establish a configuration source",
  ])
  func troubleOnTheWayMeansAway(said: String) async throws {
    let error = try await error(saying: said)
    guard case .away(let words) = error else { throw error }
    #expect(!words.contains("sbatch: "))
  }

  @Test(arguments: [
    "sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
    "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
    "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
    "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying\nsbatch: error: Batch job submission failed: Resource temporarily unavailable",
    "sbatch: error: Batch job submission failed: MaxJobCount limit reached",
  ])
  func aLimitOnJobsMeansFull(said: String) async throws {
    let error = try await error(saying: said)
    guard case .full(let words) = error else { throw error }
    #expect(!words.contains("sbatch: "))
  }

  @Test(arguments: [
    (
      "sbatch: error: invalid partition specified: nix\nsbatch: error: Batch job submission failed: Invalid partition name specified",
      "invalid partition specified: nix; Batch job submission failed: Invalid partition name specified"
    ),
    (
      "sbatch: unrecognized option '--bogus'\nTry \"sbatch --help\" for more information",
      "unrecognized option '--bogus'"
    ),
    (
      "sbatch: error: Batch job submission failed: Invalid job array specification",
      "Batch job submission failed: Invalid job array specification"
    ),
    (
      "sbatch: error: QOSMaxWallDurationPerJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
      "QOSMaxWallDurationPerJobLimit; Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)"
    ),
  ])
  func allElseIsRefusedInItsWords(said: String, words: String) async throws {
    #expect(try await error(saying: said) == .refused(words: words))
  }

  @Test func aProgramThatHangsIsEndedAndWhatItSaidIsRead() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", "sleep 100")
    let client = slurm.client(submitLimit: .seconds(1))
    let error = await #expect(throws: SlurmError.self) { try await client.submit(.small) }
    #expect(error == .away(words: "sbatch took longer than 1 s"))
    try slurm.program(
      "sbatch", "echo 'sbatch: error: Slurm job queue full, retrying' >&2; sleep 100")
    let full = await #expect(throws: SlurmError.self) { try await client.submit(.small) }
    #expect(full == .full(words: "sbatch took longer than 1 s: Slurm job queue full, retrying"))
  }

  @Test func aSubmissionGoesOnThoughItsTaskIsCancelled() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "17")
    let client = slurm.client()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await client.submit(.small)
    }
    #expect(try await task.value == 17)
  }

  private func arguments(of request: JobRequest) async throws -> [String] {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "17")
    _ = try await slurm.client().submit(request)
    return try slurm.text("sbatch.arguments").split(separator: "\n").map(String.init)
  }

  private func error(saying words: String) async throws -> SlurmError {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "", errors: words, status: 1)
    let error = await #expect(throws: SlurmError.self) { try await slurm.client().submit(.small) }
    return try #require(error)
  }
}

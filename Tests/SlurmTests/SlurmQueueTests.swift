import Slurm
import Testing

@Suite struct SlurmQueueTests {
  static let lines = """
    1|6|PENDING|n/a||0|JobArrayTaskLimit|run-a
    1|0|RUNNING|n1|n1|0|None|run-a
    2|N/A|COMPLETED|n2|n2|0:0|None|run-b
    3|0|FAILED||n[3-4]|256|NonZeroExitCode|run-b
    4|1|PENDING|n/a||0|ReqNodeNotAvail, UnavailableNodes:n[1-3]|run-b
    5|N/A|PENDING|n/a|||launch failed requeued held|run-b
    """

  static let jobs = [
    SlurmJob(name: "run-a", job: 1, element: 6, state: .waiting, reason: "JobArrayTaskLimit"),
    SlurmJob(name: "run-a", job: 1, element: 0, state: .running, node: "n1"),
    SlurmJob(name: "run-b", job: 2, element: nil, state: .ended(.completed), node: "n2"),
    SlurmJob(
      name: "run-b", job: 3, element: 0, state: .ended(.failed), reason: "NonZeroExitCode",
      node: "n3"),
    SlurmJob(
      name: "run-b", job: 4, element: 1, state: .waiting,
      reason: "ReqNodeNotAvail, UnavailableNodes:n[1-3]"),
    SlurmJob(
      name: "run-b", job: 5, element: nil, state: .waiting, reason: "launch failed requeued held"),
  ]

  @Test func columnsAreRead() async throws {
    #expect(try await jobs(saying: Self.lines) == Self.jobs)
  }

  @Test func oneCallAsksForAllNames() async throws {
    let slurm = try FakeSlurm()
    _ = try await slurm.client(["SQUEUE_FORMAT": "%i", "SQUEUE_STATES": "PD"])
      .jobs(named: ["run-a", "run-b"])
    let arguments = try slurm.text("squeue.arguments").split(separator: "\n").map(String.init)
    #expect(
      arguments == [
        "--noheader", "--array", "--all", "--me", "--states=all", "--name=run-a,run-b",
        "--Format=ArrayJobID:0|,ArrayTaskID:0|,State:0|,BatchHost:0|,NodeList:0|,exit_code:0|,Reason:0|,Name:0",
      ])
    let environment = try slurm.text("squeue.environment")
    #expect(!environment.contains("SQUEUE_") && environment.contains("LC_ALL=C\n"))
  }

  @Test func anEmptyQueueHasNoJobs() async throws {
    #expect(try await jobs(saying: "") == [])
  }

  @Test func noNamesAreNoCall() async throws {
    let slurm = try FakeSlurm()
    try slurm.remove("squeue")
    #expect(try await slurm.client().jobs(named: []) == [])
  }

  @Test func headingsOfClustersAndJobsOfOtherNamesAreLeftOut() async throws {
    let said = "CLUSTER: alps\n1|N/A|RUNNING|n1|n1|0|None|run-a\n2|N/A|RUNNING|n1|n1|0|None|other"
    #expect(try await jobs(saying: said).map(\.job) == [1])
  }

  @Test func placesToldTogetherAreParted() async throws {
    let said = "1|0-2,7,10-14:2%5|PENDING|n/a||0|Priority|run-a"
    #expect(try await jobs(saying: said).map(\.element) == [0, 1, 2, 7, 10, 12, 14])
  }

  @Test(arguments: [
    ("PENDING", JobState.waiting), ("SUSPENDED", .waiting), ("REQUEUED", .waiting),
    ("REQUEUE_HOLD", .waiting), ("SPECIAL_EXIT", .waiting), ("STOPPED", .waiting),
    ("CONFIGURING", .running), ("RUNNING", .running), ("COMPLETING", .running),
    ("RESIZING", .running), ("SIGNALING", .running), ("STAGE_OUT", .running),
    ("A_STATE_TO_COME", .running), ("COMPLETED", .ended(.completed)), ("FAILED", .ended(.failed)),
    ("OUT_OF_MEMORY", .ended(.outOfMemory)), ("TIMEOUT", .ended(.timeLimit)),
    ("DEADLINE", .ended(.timeLimit)), ("NODE_FAIL", .ended(.nodeFailure)),
    ("BOOT_FAIL", .ended(.nodeFailure)), ("PREEMPTED", .ended(.preempted)),
    ("CANCELLED", .ended(.cancelled)), ("REVOKED", .ended(.cancelled)),
  ])
  func everyStateHasAMeaning(word: String, state: JobState) async throws {
    #expect(try await jobs(saying: "1|0|\(word)|n1|n1|0|None|run-a").map(\.state) == [state])
  }

  @Test(arguments: [
    ("4021|JobLaunchFailure", JobEnd.nodeFailure), ("0:53|JobLaunchFailure", .nodeFailure),
    ("9|JobLaunchFailure", .failed), ("0:9|JobLaunchFailure", .failed),
    ("0:125|OutOfMemory", .outOfMemory), ("256|NonZeroExitCode", .failed),
    ("9|RaisedSignal:9(Killed)", .failed), ("|NodeDown", .nodeFailure),
  ])
  func aFailureIsToldApartByItsExitCodeAndReason(words: String, end: JobEnd) async throws {
    let jobs = try await jobs(saying: "1|0|FAILED|n1|n1|\(words)|run-a")
    #expect(jobs.map(\.state) == [.ended(end)])
  }

  @Test(arguments: [
    "squeue: error: Unable to contact slurm controller (connect failure)",
    "slurm_load_jobs error: Socket timed out on send/recv operation", "",
  ])
  func aFailureMeansAway(words: String) async throws {
    let slurm = try FakeSlurm()
    try slurm.program("squeue", says: "", errors: words, status: 1)
    let error = await #expect(throws: SlurmError.self) {
      try await slurm.client().jobs(named: ["run-a"])
    }
    guard case .away = error else { throw try #require(error) }
  }

  @Test func aCallEndsWithItsTask() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("squeue", "sleep 100")
    let client = slurm.client()
    let task = Task { try await client.jobs(named: ["run-a"]) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  private func jobs(saying answer: String) async throws -> [SlurmJob] {
    let slurm = try FakeSlurm()
    try slurm.program("squeue", says: answer)
    return try await slurm.client().jobs(named: ["run-a", "run-b"])
  }
}

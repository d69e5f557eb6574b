import Slurm
import Testing

/// A `squeue` that does not know `--Format`, or another program in its place.
@Suite struct SlurmDialectTests {
  /// As Slurm 22.05 tells it: states are strings, numbers numbers.
  static let older = """
    {"meta": {"plugin": {"type": "openapi\\/v0.0.38"}}, "errors": [], "jobs": [
      {"name": "run-a", "job_id": 1, "array_job_id": 1, "array_task_id": null,
       "array_task_string": "0-1,6%3", "job_state": "PENDING", "state_reason": "Priority",
       "state_description": "", "batch_host": "", "nodes": ""},
      {"name": "run-a", "job_id": 9, "array_job_id": 1, "array_task_id": 2,
       "array_task_string": "", "job_state": "RUNNING", "state_reason": "None",
       "state_description": "", "batch_host": "n1", "nodes": "n1"},
      {"name": "run-b", "job_id": 3, "array_job_id": 0, "array_task_id": null,
       "array_task_string": "", "job_state": "PENDING", "state_reason": "None",
       "state_description": "launch failed requeued held", "batch_host": "", "nodes": ""},
      {"name": "another", "job_id": 4, "array_job_id": 0, "array_task_id": null,
       "array_task_string": "", "job_state": "FAILED", "state_reason": "NonZeroExitCode"}]}
    """

  /// As Slurm from 23.02 on tells it: states are lists, numbers may be unset.
  static let newer = """
    {"jobs": [
      {"name": "run-a", "job_id": 1, "array_job_id": {"set": true, "infinite": false, "number": 1},
       "array_task_id": {"set": false, "infinite": false, "number": 0},
       "array_task_string": "0-1,6%3", "job_state": ["PENDING"], "state_reason": "Priority",
       "state_description": "", "batch_host": "", "nodes": ""},
      {"name": "run-a", "job_id": 9, "array_job_id": {"set": true, "infinite": false, "number": 1},
       "array_task_id": {"set": true, "infinite": false, "number": 2},
       "array_task_string": "", "job_state": ["COMPLETED", "COMPLETING"], "state_reason": "None",
       "state_description": "", "batch_host": "n1", "nodes": "n1"},
      {"name": "run-b", "job_id": 3, "array_job_id": {"set": true, "infinite": false, "number": 0},
       "array_task_id": {"set": false, "infinite": false, "number": 0},
       "array_task_string": "", "job_state": ["PENDING", "REQUEUE_HOLD"], "state_reason": "None",
       "state_description": "launch failed requeued held", "batch_host": "", "nodes": ""}],
     "last_update": {"set": true, "infinite": false, "number": 1700000000}, "warnings": []}
    """

  static let jobs =
    [0, 1, 6].map {
      SlurmJob(name: "run-a", job: 1, element: $0, state: .waiting, reason: "Priority")
    } + [
      SlurmJob(name: "run-a", job: 1, element: 2, state: .running, node: "n1"),
      SlurmJob(
        name: "run-b", job: 3, element: nil, state: .waiting, reason: "launch failed requeued held"),
    ]

  @Test(arguments: [older, newer])
  func jsonIsReadWhereColumnsAreNotKnown(answer: String) async throws {
    let slurm = try FakeSlurm()
    try slurm.speaksJSON(answer)
    let client = slurm.client()
    _ = try await client.site()
    #expect(try await client.jobs(named: ["run-a", "run-b"]) == Self.jobs)
    // Once at the site is enough.
    #expect(try slurm.text("calls") == "columns\njson\njson\n")
  }

  @Test(arguments: [
    ("4021", JobEnd.nodeFailure), ("9", .failed),
    (
      "{\"return_code\": {\"set\": true, \"number\": 21}, \"signal\": {\"id\": {\"set\": false}}}",
      .nodeFailure
    ),
    (
      "{\"return_code\": {\"set\": false}, \"signal\": {\"id\": {\"set\": true, \"number\": 9}}}",
      .failed
    ),
  ])
  func aFailureIsToldApartByItsExitCode(code: String, end: JobEnd) async throws {
    let slurm = try FakeSlurm()
    try slurm.speaksJSON(
      """
      {"jobs": [{"name": "run-a", "job_id": 1, "job_state": ["FAILED"], "exit_code": \(code),
       "state_reason": "JobLaunchFailure"}]}
      """)
    let jobs = try await slurm.client().jobs(named: ["run-a"])
    #expect(jobs.map(\.state) == [.ended(end)])
  }

  @Test func theDialectIsFoundToo() async throws {
    let slurm = try FakeSlurm()
    try slurm.speaksJSON(Self.newer)
    let client = slurm.client()
    for _ in 1...2 { #expect(try await client.jobs(named: ["run-a", "run-b"]) == Self.jobs) }
    #expect(try slurm.text("calls") == "columns\njson\njson\n")
  }

  @Test func aFieldThatIsNotKnownLeadsToJSONThoughTheProgramSucceeds() async throws {
    let slurm = try FakeSlurm()
    try slurm.speaksJSON(
      Self.newer,
      else: "echo 'squeue: error: Invalid job format specification: BatchHost' >&2; echo '1|0|'")
    #expect(try await slurm.client().jobs(named: ["run-a", "run-b"]) == Self.jobs)
  }

  @Test func linesOfAnotherFormLeadToJSON() async throws {
    let slurm = try FakeSlurm()
    try slurm.speaksJSON(Self.newer, else: "echo '1_0 main run-a alice R 0:05 1 n1'")
    #expect(try await slurm.client().jobs(named: ["run-a", "run-b"]) == Self.jobs)
  }

  @Test(arguments: ["{\"jobs\": [{\"id\": 1}]}", "{\"queue\": []}", "[1, 2", "no jobs"])
  func anAnswerInNoKnownFormIsSaid(answer: String) async throws {
    let slurm = try FakeSlurm()
    try slurm.speaksJSON(answer, else: "echo '1_0 main run-a alice R 0:05 1 n1'")
    let client = slurm.client()
    let wanted = SlurmError.unknownDialect(
      program: "squeue", answer: "1_0 main run-a alice R 0:05 1 n1")
    #expect(await #expect(throws: SlurmError.self) { try await client.site() } == wanted)
    #expect(
      await #expect(throws: SlurmError.self) { try await client.jobs(named: ["a"]) } == wanted)
  }
}

extension FakeSlurm {
  /// Has `squeue` answer `--json` so, and any other call as a script does.
  func speaksJSON(
    _ answer: String,
    else script: String = "echo \"squeue: unrecognized option '--Format'\" >&2; exit 1"
  ) throws {
    let path = try folder.write(answer, to: "queue.json")
    try program(
      "squeue",
      """
      case "$*" in
        *--json*) echo json >>"$here/calls"; cat '\(path)';;
        *) echo columns >>"$here/calls"; \(script);;
      esac
      """)
  }
}

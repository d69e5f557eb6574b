import Slurm
import Testing

@Suite struct SlurmCancelTests {
  @Test func arraysAndElementsAreNamed() async throws {
    let slurm = try FakeSlurm()
    let jobs = [JobReference(job: 5), JobReference(job: 6, element: 12)]
    try await slurm.client().cancel(jobs, waitingOnly: false)
    #expect(try slurm.text("scancel.arguments") == "5\n6_12\n")
    try await slurm.client().cancel(jobs, waitingOnly: true)
    #expect(try slurm.text("scancel.arguments") == "--state=PENDING\n5\n6_12\n")
  }

  @Test func noJobsAreNoCall() async throws {
    let slurm = try FakeSlurm()
    try slurm.remove("scancel")
    try await slurm.client().cancel([], waitingOnly: false)
  }

  @Test func manyJobsGoInSeveralCalls() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("scancel", "echo $# >>\"$here/counts\"")
    try await slurm.client().cancel((1...1201).map { JobReference(job: $0) }, waitingOnly: false)
    #expect(try slurm.text("counts") == "500\n500\n201\n")
  }

  @Test func jobsThatHaveEndedOrAreUnknownArePassedOver() async throws {
    let slurm = try FakeSlurm()
    try slurm.program(
      "scancel", says: "",
      errors: """
        scancel: error: Kill job error on job id 9: Invalid job id specified
        scancel: error: Kill job error on job id 8: Job/step already completing or completed
        """, status: 1)
    try await slurm.client().cancel([JobReference(job: 9)], waitingOnly: false)
  }

  @Test func anotherComplaintMeansAway() async throws {
    let slurm = try FakeSlurm()
    try slurm.program(
      "scancel", says: "",
      errors: """
        scancel: error: Kill job error on job id 9: Invalid job id specified
        scancel: error: slurm_kill_job2() failed Unable to contact slurm controller (connect failure)
        """, status: 1)
    let error = await #expect(throws: SlurmError.self) {
      try await slurm.client().cancel([JobReference(job: 9)], waitingOnly: false)
    }
    guard case .away = error else { throw try #require(error) }
  }

  @Test func noFilterOfTheUsersNarrowsIt() async throws {
    let slurm = try FakeSlurm()
    try await slurm.client(["SCANCEL_INTERACTIVE": "1", "SCANCEL_PARTITION": "x"])
      .cancel([JobReference(job: 9)], waitingOnly: false)
    #expect(!(try slurm.text("scancel.environment").contains("SCANCEL_")))
  }
}

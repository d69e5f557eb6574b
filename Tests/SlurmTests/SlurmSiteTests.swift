import Slurm
import Testing

@Suite struct SlurmSiteTests {
  @Test func aSiteIsToldOfByItsPrograms() async throws {
    let slurm = try FakeSlurm()
    let site = try await slurm.client().site()
    #expect(site == SlurmSite(version: "22.05.8", cluster: "alps", largestArray: 2001))
  }

  @Test(arguments: [
    ("slurm 20.11.9", "20.11.9"), ("slurm 23.02.7-1", "23.02.7"), ("slurm-wlm 25.11.0", "25.11.0"),
    ("welcome\nslurm 24.05.1-Bull.1.0", "24.05.1"),
  ])
  func aVersionMayHaveTheVendorsWords(said: String, version: String) async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: said)
    #expect(try await slurm.client().site().version == version)
  }

  @Test(arguments: ["slurm 20.02.7", "slurm 19.05.5", "slurm-wlm 2.6.5"])
  func anOldVersionIsTooOld(said: String) async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: said)
    let error = await #expect(throws: SlurmError.self) { try await slurm.client().site() }
    let found = String(said.split(separator: " ")[1])
    #expect(error == .tooOld(found: found, needed: "20.11"))
  }

  @Test func aVersionWithoutNumbersIsNoKnownDialect() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("sbatch", says: "a wrapper")
    let error = await #expect(throws: SlurmError.self) { try await slurm.client().site() }
    #expect(error == .unknownDialect(program: "sbatch", answer: "a wrapper\n"))
  }

  @Test(arguments: ["sbatch", "squeue", "scancel", "scontrol"])
  func aMissingProgramIsAbsent(program: String) async throws {
    let slurm = try FakeSlurm()
    try slurm.remove(program)
    // Only the folder is searched: the machine may have Slurm.
    let client = SlurmClient(environment: ["PATH": try slurm.pathWithTools()])
    let error = await #expect(throws: SlurmError.self) { try await client.site() }
    #expect(error == .absent(program: program))
  }

  @Test func arraysHaveSlurmsOwnDefaultWhereTheConfigurationSaysNothing() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("scontrol", says: "ClusterName = alps")
    #expect(try await slurm.client().site().largestArray == 1001)
  }

  @Test func aConfigurationWithoutAClusterIsNoKnownDialect() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("scontrol", says: "")
    let error = await #expect(throws: SlurmError.self) { try await slurm.client().site() }
    #expect(error == .unknownDialect(program: "scontrol", answer: "nothing"))
  }

  @Test func aControllerThatDoesNotAnswerIsAway() async throws {
    let slurm = try FakeSlurm()
    try slurm.program(
      "scontrol", says: "",
      errors: "slurm_load_ctl_conf error: Unable to contact slurm controller (connect failure)",
      status: 1)
    let error = await #expect(throws: SlurmError.self) { try await slurm.client().site() }
    #expect(
      error
        == .away(
          words: "slurm_load_ctl_conf error: Unable to contact slurm controller (connect failure)"))
  }

  @Test func aControllerThatHangsIsAway() async throws {
    let slurm = try FakeSlurm()
    try slurm.program("scontrol", "sleep 100")
    let client = slurm.client(answerLimit: .seconds(1))
    let error = await #expect(throws: SlurmError.self) { try await client.site() }
    #expect(error == .away(words: "scontrol took longer than 1 s"))
  }
}

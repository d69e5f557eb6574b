import Foundation
import Slurm
import TestSupport
import Testing

/// The client against Slurm itself, on the cluster that `scripts/slurm-test-cluster` starts.
@Suite(.enabled(if: TestCluster.isPresent, "\(TestCluster.absence)"), .serialized)
struct ClientSlurmClusterTests {
  let folder: TemporaryFolder
  let client = SlurmClient()

  init() throws {
    signal(SIGPIPE, SIG_IGN)
    folder = try TemporaryFolder()
  }

  @Test func theSiteIsToldOf() async throws {
    let site = try await client.site()
    #expect(site.cluster == "trackflow-test" && site.largestArray == 1001)
  }

  @Test func anArrayRunsToItsEndAndItsOutputIsWritten() async throws {
    let request = request(elements: 3, script: "#!/bin/sh\necho here\nexit $SLURM_ARRAY_TASK_ID\n")
    let job = try await client.submit(request)
    let jobs = try await jobs(of: client, request) { $0.allSatisfy { $0.state.isEnd } }
    #expect(jobs.map(\.job) == [job, job, job] && jobs.map(\.element) == [0, 1, 2])
    #expect(jobs.map(\.state) == [.ended(.completed), .ended(.failed), .ended(.failed)])
    #expect(jobs.map(\.reason) == ["", "NonZeroExitCode", "NonZeroExitCode"])
    #expect(jobs.allSatisfy { $0.node?.hasPrefix("n") == true })
    #expect(try String(contentsOfFile: folder.appending("\(job)-2"), encoding: .utf8) == "here\n")
  }

  @Test func anElementIsCancelledAndTheOthersStay() async throws {
    var request = request(elements: 3, script: "#!/bin/sh\nsleep 60\n")
    request.maximumRunning = 2
    let job = try await client.submit(request)
    _ = try await jobs(of: client, request) { $0.filter { $0.state == .running }.count == 2 }
    try await client.cancel([JobReference(job: job, element: 1)], waitingOnly: false)
    let jobs = try await jobs(of: client, request) { $0.count == 3 && $0[1].state.isEnd }
    #expect(jobs[1].state == .ended(.cancelled) && jobs[0].state == .running)
    try await client.cancel([JobReference(job: job)], waitingOnly: false)
    _ = try await self.jobs(of: client, request) { $0.allSatisfy { $0.state.isEnd } }
    // Again, and one that never was: neither is an error.
    try await client.cancel(
      [JobReference(job: job), JobReference(job: 9_999_999, element: 2)], waitingOnly: false)
    let said = try String(contentsOfFile: folder.appending("\(job)-1"), encoding: .utf8)
    #expect(JobLog.end(toldBy: said) == .cancelled)
  }

  @Test func onlyWhatWaitsIsCancelledWhereThatIsAsked() async throws {
    var request = request(elements: 4, script: "#!/bin/sh\nsleep 60\n")
    request.maximumRunning = 1
    let job = try await client.submit(request)
    _ = try await jobs(of: client, request) { $0.contains { $0.state == .running } }
    try await client.cancel([JobReference(job: job)], waitingOnly: true)
    // Those that waited together are told of as one, or each by itself.
    let jobs = try await jobs(of: client, request) {
      !$0.contains { $0.state == .waiting } && $0.contains { $0.state == .ended(.cancelled) }
    }
    #expect(jobs.filter { $0.state == .running }.map(\.element) == [0])
    #expect(jobs.allSatisfy { $0.job == job && $0.state != .ended(.completed) })
    try await client.cancel([JobReference(job: job)], waitingOnly: false)
  }

  @Test func anElementWaitsForItsOwnOfAnotherArrayAndIsTakenOutWhereThatFailed() async throws {
    let first = request(elements: 2, script: "#!/bin/sh\nexit $SLURM_ARRAY_TASK_ID\n")
    var second = request(elements: 2, script: "#!/bin/sh\n")
    second.dependencies = [.element(job: try await client.submit(first))]
    _ = try await client.submit(second)
    let jobs = try await jobs(of: client, second) { $0.allSatisfy { $0.state.isEnd } }
    #expect(jobs.map(\.state) == [.ended(.completed), .ended(.cancelled)])
  }

  @Test func tooMuchMemoryIsToldOfByTheStateOrTheOutput() async throws {
    // A string of 200 MB, held for a minute, where 20 are allowed.
    var request = request(
      elements: 1,
      script: "#!/bin/bash\nx=$(head -c 200000000 /dev/zero | tr '\\0' x)\nsleep 60\n")
    request.memory = 20 << 20
    let job = try await client.submit(request)
    let jobs = try await jobs(of: client, request) { $0.allSatisfy { $0.state.isEnd } }
    let said = try String(contentsOfFile: folder.appending("\(job)-0"), encoding: .utf8)
    #expect(jobs[0].state == .ended(.outOfMemory) || JobLog.end(toldBy: said) == .outOfMemory)
    #expect(jobs[0].state != .ended(.nodeFailure))
  }

  @Test func anElementThatCannotBeginIsNoFailureOfItsProgram() async throws {
    var request = request(elements: 1, script: "#!/bin/sh\n")
    request.outputPath = folder.appending("missing/%a")
    _ = try await client.submit(request)
    let jobs = try await jobs(of: client, request) { $0.allSatisfy { $0.state.isEnd } }
    #expect(jobs.map(\.state) == [.ended(.nodeFailure)])
  }

  @Test func refusalsAreInSlurmsWords() async throws {
    var request = request(elements: 1, script: "#!/bin/sh\n")
    request.partition = "nowhere"
    let error = await #expect(throws: SlurmError.self) { try await client.submit(request) }
    guard case .refused(let words) = error else { throw try #require(error) }
    #expect(words.contains("invalid partition specified: nowhere"))
    request.partition = nil
    request.places = Array(0..<2000)
    let other = await #expect(throws: SlurmError.self) { try await client.submit(request) }
    #expect(
      other == .refused(words: "Batch job submission failed: Invalid job array specification"))
  }

  @Test(.enabled(if: TestCluster.speaksJSON, "SKIPPED: squeue here has no --json"))
  func bothDialectsTellTheSame() async throws {
    var request = request(elements: 9, script: "#!/bin/sh\nsleep 60\n")
    request.maximumRunning = 2
    let job = try await client.submit(request)
    let columns = try await jobs(of: client, request) {
      $0.filter { $0.state == .running }.count == 2
        && $0.filter { $0.reason == "JobArrayTaskLimit" }.count == 7
    }
    let other = try TestCluster.clientWithoutColumns(in: folder)
    let json = try await jobs(of: other, request) { _ in true }
    #expect(json == columns)
    try await client.cancel([JobReference(job: job)], waitingOnly: false)
  }

  private func request(elements: Int, script: String) -> JobRequest {
    JobRequest(
      name: "client-\(UUID().uuidString)", places: Array(0..<elements), memory: 100 << 20,
      outputPath: folder.appending("%A-%a"), folder: folder.path, script: script)
  }

  /// The jobs of a request by their places, as soon as they are as wanted.
  private func jobs(
    of client: SlurmClient, _ request: JobRequest, when isAsWanted: ([SlurmJob]) -> Bool
  ) async throws -> [SlurmJob] {
    let deadline = ContinuousClock.now + .seconds(90)
    while true {
      let jobs = try await client.jobs(named: [request.name])
        .sorted { ($0.element ?? -1) < ($1.element ?? -1) }
      if !jobs.isEmpty && isAsWanted(jobs) { return jobs }
      try #require(ContinuousClock.now < deadline, "the jobs stayed so: \(jobs)")
      try await Task.sleep(for: .milliseconds(300))
    }
  }
}

extension JobState {
  fileprivate var isEnd: Bool { if case .ended = self { true } else { false } }
}

/// The cluster that the environment names, as `scripts/slurm-test-cluster start` prints it.
enum TestCluster {
  static let isPresent: Bool = {
    let isTold = ["SLURM_CONF", "TRACKFLOW_SLURM_TEST_CLUSTER"]
      .allSatisfy { ProcessInfo.processInfo.environment[$0]?.isEmpty == false }
    if !isTold { FileHandle.standardError.write(Data("\(absence)\n".utf8)) }
    return isTold
  }()

  static let absence =
    "SKIPPED: no Slurm cluster for tests; start one: eval \"$(scripts/slurm-test-cluster start)\""

  static let speaksJSON = isPresent && (try? squeue("--json"))?.hasPrefix("{") == true

  /// A client whose `squeue` does not know `--Format`.
  static func clientWithoutColumns(in folder: TemporaryFolder) throws -> SlurmClient {
    var environment = ProcessInfo.processInfo.environment
    let path = environment["PATH"] ?? ""
    let wrapper = try folder.write(
      """
      #!/bin/sh
      case "$*" in *--Format*) echo "squeue: unrecognized option '--Format'" >&2; exit 1;; esac
      PATH='\(path)' exec squeue "$@"
      """, to: "wrapper/squeue")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: wrapper)
    environment["PATH"] = "\(folder.appending("wrapper")):\(path)"
    return SlurmClient(environment: environment)
  }

  private static func squeue(_ arguments: String...) throws -> String {
    let folder = try TemporaryFolder()
    let answer = try folder.write("", to: "answer")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["squeue"] + arguments
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: answer))
    try process.run()
    process.waitUntilExit()
    return try String(contentsOfFile: answer, encoding: .utf8)
  }
}

import Execution
import JSONDocument
import Testing

/// What is said of a stage's jobs in a cluster's queue.
@Suite struct StageJobsTests {
  private func jobs(_ running: Int, _ waiting: Int, _ reasons: [(String, Int)]) -> StageJobs {
    StageJobs(
      stage: "s", waiting: waiting, running: running,
      reasons: reasons.map { .init(reason: $0.0, jobs: $0.1) })
  }

  @Test func countsAndReasonsAreSaidInWords() {
    let said: [(StageJobs, String?)] = [
      (jobs(0, 0, []), nil), (jobs(1, 0, []), "1 job runs"), (jobs(3, 0, []), "3 jobs run"),
      (jobs(0, 1, [("OddWord", 1)]), "1 job waits (OddWord)"),
      (jobs(3, 12, [("FrontEndDown", 12)]), "3 jobs run, 12 wait (FrontEndDown)"),
      (jobs(1, 1, []), "1 job runs, 1 waits"),
      (jobs(0, 12, [("OddWord", 4)]), "12 jobs wait (4: OddWord)"),
      (
        jobs(0, 12, [("FrontEndDown", 8), ("OddWord", 3), ("Other", 1)]),
        "12 jobs wait (8: FrontEndDown; 3: OddWord; …)"
      ),
    ]
    for (jobs, words) in said { #expect(jobs.words == words) }
    #expect(jobs(3, 12, [("FrontEndDown", 12)]).shortWords == "3 run, 12 wait")
  }

  @Test func jobsThatWaitForOthersAlone() {
    #expect(jobs(0, 2, [("Dependency", 2)]).isHeldByOthers)
    #expect(!jobs(1, 2, [("Dependency", 2)]).isHeldByOthers)
    #expect(!jobs(0, 2, [("Dependency", 1), ("FrontEndDown", 1)]).isHeldByOthers)
    #expect(!jobs(0, 2, []).isHeldByOthers && !jobs(0, 0, []).isHeldByOthers)
  }
}

import Slurm
import Testing

@Suite struct PendingReasonTests {
  @Test(arguments: [
    "BadConstraints", "InvalidAccount", "InvalidQOS", "AccountNotAllowed", "QOSNotAllowed",
    "PartitionTimeLimit", "PartitionNodeLimit", "AssocMaxCpuPerJobLimit", "AssocMaxMemPerNode",
    "QOSMaxWallDurationPerJobLimit", "QOSMaxGRESMinutesPerJob", "QOSMinCpuNotSatisfied",
    "DependencyNeverSatisfied",
  ])
  func whatWaitingDoesNotHelpIsHopeless(reason: String) {
    #expect(PendingReason.isHopeless(reason) != nil)
  }

  @Test(arguments: [
    "", "Priority", "Resources", "Dependency", "JobHeldUser", "JobHeldAdmin", "Licenses",
    "QOSMaxCpuPerUserLimit", "QOSMaxJobsPerUserLimit", "AssocGrpCpuLimit", "PartitionDown",
    "ReqNodeNotAvail, UnavailableNodes:n1", "launch failed requeued held", "AssocMaxJobsLimit",
    "SomethingNew",
  ])
  func whatMayPassIsNot(reason: String) {
    #expect(PendingReason.isHopeless(reason) == nil)
  }

  @Test(arguments: [
    ("Priority", "others go first"), ("Resources", "no node is free"),
    ("Dependency", "what it needs is being made"),
    ("JobHeldUser", "held by its user; scontrol release lets it go on"),
    ("JobArrayTaskLimit", "as many run as maxJobs lets"),
    (
      "ReqNodeNotAvail, UnavailableNodes:n[1-3]",
      "the nodes it needs are down, drained or reserved (UnavailableNodes:n[1-3])"
    ),
    (
      "QOSMaxCpuPerUserLimit",
      "its user uses all that one may at the same time (QOSMaxCpuPerUserLimit)"
    ),
    (
      "AssocGrpMemLimit", "its group uses all that it may at the same time (AssocGrpMemLimit)"
    ),
    (
      "QOSMaxCpuPerJobLimit",
      "it asks for more than its quality of service allows (QOSMaxCpuPerJobLimit)"
    ),
    (
      "launch failed requeued held",
      "held: it could not be started; scontrol release lets it try again"
    ),
    ("SomethingNew", "SomethingNew"), ("", ""),
  ])
  func reasonsHavePlainWords(reason: String, words: String) {
    #expect(PendingReason.words(for: reason) == words)
  }
}

import Slurm
import Testing

@Suite struct JobLogTests {
  @Test(arguments: [
    (
      "slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 DUE TO TIME LIMIT ***",
      JobEnd.timeLimit
    ),
    (
      "slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 DUE TO PREEMPTION ***",
      .preempted
    ),
    (
      "slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***",
      .nodeFailure
    ),
    ("slurmstepd-n1: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 ***", .cancelled),
    (
      "slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 DUE to SIGNAL Terminated ***",
      .cancelled
    ),
    (
      "slurmstepd: error: *** STEP 5.0 ON n1 CANCELLED AT 2030-01-02T03:04:05 DUE TO TASK FAILURE ***",
      .failed
    ),
    (
      "slurmstepd: error: Detected 1 oom-kill event(s) in step 5.batch cgroup. Some of your processes may have been killed by the cgroup out-of-memory handler.",
      .outOfMemory
    ),
    (
      "slurmstepd: error: Detected 2 oom_kill events in StepId=5.batch. Some of the step tasks have been OOM Killed.",
      .outOfMemory
    ),
    (
      "slurmstepd: error: StepId=5.batch exceeded memory limit (2000 > 1000), being killed",
      .outOfMemory
    ),
    (
      "slurmstepd: error: Exceeded job memory limit\nslurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 ***",
      .outOfMemory
    ),
  ])
  func slurmsOwnLinesTellHowAJobEnded(line: String, end: JobEnd) {
    #expect(JobLog.end(toldBy: "event 1\nevent 2\n\(line)\n") == end)
  }

  @Test(arguments: [
    "", "event 1", "my program: order CANCELLED AT noon", "oom_kill is a word of the job's own",
    "slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2030-01-02T03:04:05 DUE TO JOB REQUEUE ***",
  ])
  func otherLinesTellNothing(line: String) {
    #expect(JobLog.end(toldBy: line) == nil)
  }
}

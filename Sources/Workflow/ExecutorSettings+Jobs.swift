extension WorkflowDefinition {
  /// The settings that count for a stage: its own, and the workflow's where it says nothing.
  public func jobSettings(of stage: StageDefinition) -> ExecutorSettings {
    stage.executor.over(executor)
  }
}

extension ExecutorSettings {
  /// Workers of a job: one a processor, as far as the stage's limit allows; one for a task over the whole study, which
  /// takes all processors by itself.
  public func workers(limits: StageLimits = StageLimits(), scope: StageScope) -> Int {
    scope == .event ? min(cpus ?? 1, limits.workers ?? .max) : 1
  }

  /// The most jobs of a stage that run at the same time: what is said of it, else as many as have the workers that the
  /// stage's limit allows; nil for as many as there is room for.
  public func mostJobs(limits: StageLimits, scope: StageScope = .event) -> Int? {
    maxJobs ?? limits.workers.map { max(1, $0 / workers(limits: limits, scope: scope)) }
  }

  /// Memory that a job is given: what is said of it, else what the stage's limit allows each of its workers; nil for the
  /// partition's own.
  public func jobMemory(limits: StageLimits, scope: StageScope = .event) -> MemorySize? {
    memory
      ?? limits.memory.map { limit in
        let (bytes, isTooMuch) = limit.bytes.multipliedReportingOverflow(
          by: workers(limits: limits, scope: scope))
        return MemorySize(bytes: isTooMuch ? .max : bytes)
      }
  }
}

import JSONDocument

extension ExecutorSettings {
  /// The schema of what a workflow says, or one of its stages.
  ///
  /// - Parameter isChange: whether null takes back what an extended file says.
  static func schema(ofStage: Bool, isChange: Bool) -> JSONValue {
    let names = ofStage ? stageNames : names
    return [
      "type": isChange ? ["object", "null"] : "object", "additionalProperties": false,
      "description": .string(
        ofStage
          ? "What is asked of a cluster for this stage, where that is other than for the whole workflow."
          : "Where tasks are carried out, and what is asked of a cluster for them; it decides no result."
      ),
      "properties": .object(
        schemas.filter { names.contains($0.name) }.map { member in
          isChange
            ? JSONMember(name: member.name, value: WorkflowSchema.nullable(member.value)) : member
        }),
    ]
  }

  private static let schemas: [JSONMember] = [
    JSONMember(
      name: "kind",
      value: [
        "enum": .array(Kind.allCases.map { .string($0.rawValue) }),
        "description":
          "\"local\": worker processes on this machine (default); \"slurm\": job arrays of a Slurm cluster.",
      ]),
    JSONMember(
      name: "partition",
      value: word(
        "[^\\s\\x00-\\x1f]",
        "Slurm's partition, or several with commas between (default: the cluster's own).")),
    JSONMember(
      name: "account",
      value: word("[^\\s,\\x00-\\x1f]", "Slurm's account (default: the user's own).")),
    JSONMember(
      name: "time",
      value: [
        "type": "string", "pattern": .string(TimeSpan.pattern),
        "description":
          "The longest that a job may run, such as \"30 min\" or \"2 h\", from 1 min to 365 d (default: the partition's).",
      ]),
    JSONMember(
      name: "memory",
      value: amount(
        "Memory of a job, such as \"4 GB\", at least 10 MB (default: the stage's limit \"memory\" times the workers of a job; where it has none, the partition's)."
      )),
    JSONMember(
      name: "maxMemory",
      value: amount(
        "The most memory of a job that is given more after it ran out of it; not less than \"memory\"."
      )),
    JSONMember(
      name: "cpus",
      value: count(
        "cpus", "Processors of a job; a stage on events has a worker on each (default: 1).")),
    JSONMember(
      name: "eventsPerJob",
      value: count(
        "eventsPerJob",
        "Events of a job (default: as many as take about ten minutes, as far as earlier runs tell)."
      )
    ),
    JSONMember(
      name: "maxJobs",
      value: count(
        "maxJobs",
        "The most jobs of a stage that run at the same time (default: as many as the stage's limit \"workers\" allows)."
      )),
    JSONMember(
      name: "setup",
      value: lines(
        "Lines of shell that a job runs before its work, such as \"module load gcc\".", least: 0)),
    JSONMember(
      name: "extra",
      value: lines(
        "Further arguments of sbatch, such as \"--qos=long\"; not those that follow from the other settings or that a run gives itself.",
        least: 1)),
    JSONMember(
      name: "instructionSet",
      value: [
        "enum": .array(instructionSets.map { .string($0) }),
        "description":
          "The instruction set of the numeric kernels, for the same bits on unlike nodes (default: the best of each node).",
      ]),
  ]

  private static func word(_ letter: String, _ description: String) -> JSONValue {
    [
      "type": "string", "pattern": .string("^\(letter)+$"), "description": .string(description),
    ]
  }

  private static func amount(_ description: String) -> JSONValue {
    [
      "type": "string", "pattern": .string(MemorySize.pattern),
      "description": .string(description),
    ]
  }

  private static func count(_ name: String, _ description: String) -> JSONValue {
    let range = counts[name] ?? 1...1
    return [
      "type": "integer", "minimum": .integer(range.lowerBound),
      "maximum": .integer(range.upperBound), "description": .string(description),
    ]
  }

  private static func lines(_ description: String, least: Int) -> JSONValue {
    [
      "type": "array",
      "items": [
        "type": "string", "minLength": .integer(least), "pattern": "^[^\\n\\r\\x00]*$",
      ],
      "description": .string(description),
    ]
  }
}

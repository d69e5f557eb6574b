import JSONDocument

extension RunReport {
  /// The cluster that a run's tasks were done on.
  public struct Cluster: Sendable, Equatable {
    public var name: String
    /// What manages its jobs, with the version: `Slurm 22.05.8`.
    public var manager: String
    /// The machines that did work for the run, by name.
    public var nodes: [Node]
    /// The jobs that did work, by stage in the workflow's order.
    public var jobs: [StageJobs]

    public init(name: String, manager: String, nodes: [Node], jobs: [StageJobs]) {
      self.name = name
      self.manager = manager
      self.nodes = nodes
      self.jobs = jobs
    }

    /// The instruction sets that nodes used, each with the nodes, where those differ; else none.
    public var differingInstructionSets: [(set: String, nodes: [String])] {
      let sets = Set(nodes.flatMap(\.instructionSets)).sorted()
      guard sets.count > 1 else { return [] }
      return sets.map { set in
        (set, nodes.filter { $0.instructionSets.contains(set) }.map(\.name))
      }
    }

    /// How many jobs did work.
    public var jobCount: Int { nodes.reduce(0) { $0 + $1.jobs } }
  }

  /// A machine of a cluster.
  public struct Node: Sendable, Equatable {
    public var name: String
    /// Jobs of the run that began there.
    public var jobs: Int
    /// Tasks that ended there, well or not.
    public var tasks: Int
    /// The processor time of those tasks, h.
    public var processorHours: Double
    /// Those of the numeric kernels in its jobs.
    public var instructionSets: [String]

    public init(
      name: String, jobs: Int, tasks: Int, processorHours: Double, instructionSets: [String]
    ) {
      self.name = name
      self.jobs = jobs
      self.tasks = tasks
      self.processorHours = processorHours
      self.instructionSets = instructionSets
    }
  }

  /// The jobs of one stage.
  public struct StageJobs: Sendable, Equatable {
    public var stage: String
    /// Arrays with the places of those of their jobs that did work: `1204_[0-9,12]`.
    public var jobs: [String]

    public init(stage: String, jobs: [String]) {
      self.stage = stage
      self.jobs = jobs
    }

    /// - Parameter single: each job's own name, such as `1204_7`, in any order.
    public init(stage: String, single: [String]) {
      self.init(stage: stage, jobs: Self.compressed(single))
    }

    /// `1204_0`, `1204_1`, `1204_2` and `1205_7` as `1204_[0-2]` and `1205_7`.
    static func compressed(_ names: [String]) -> [String] {
      var arrays: [Int: Set<Int>] = [:]
      var others: Set<String> = []
      for name in names {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false).map { Int($0) }
        if parts.count == 2, let job = parts[0], let place = parts[1] {
          arrays[job, default: []].insert(place)
        } else {
          others.insert(name)
        }
      }
      return arrays.sorted { $0.key < $1.key }.map { job, places in
        places.count == 1 ? "\(job)_\(places.first!)" : "\(job)_[\(ranges(of: places.sorted()))]"
      } + others.sorted()
    }

    /// `0-2,5`
    private static func ranges(of places: [Int]) -> String {
      var ranges: [ClosedRange<Int>] = []
      for place in places {
        if let last = ranges.last, last.upperBound == place - 1 {
          ranges[ranges.count - 1] = last.lowerBound...place
        } else {
          ranges.append(place...place)
        }
      }
      return ranges.map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
      }.joined(separator: ",")
    }
  }
}

extension RunReport.Cluster {
  var json: JSONValue {
    .object([
      "name": .string(name), "manager": .string(manager),
      "nodes": .array(
        nodes.map { node in
          .object([
            "name": .string(node.name), "jobs": .integer(node.jobs), "tasks": .integer(node.tasks),
            "processorHours": .measured(node.processorHours),
            "instructionSets": .array(node.instructionSets.map { .string($0) }),
          ])
        }),
      "jobs": .array(
        jobs.map { stage in
          .object([
            "stage": .string(stage.stage), "jobs": .array(stage.jobs.map { .string($0) }),
          ])
        }),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    name = try fields.string("name")
    manager = try fields.string("manager")
    nodes = try fields.objects("nodes") { node throws(ReportError) in
      RunReport.Node(
        name: try node.string("name"), jobs: try node.integer("jobs"),
        tasks: try node.integer("tasks"), processorHours: try node.number("processorHours"),
        instructionSets: try node.strings("instructionSets"))
    }
    jobs = try fields.objects("jobs") { stage throws(ReportError) in
      RunReport.StageJobs(stage: try stage.string("stage"), jobs: try stage.strings("jobs"))
    }
  }
}

import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import Workflow

/// `train-triplets`: the network that tells true triplets from other pairs of doublets.
struct TrainTriplets: StageKind {
  let name = "train-triplets"
  let version = 1
  let summary =
    "Trains the network that judges pairs of doublets which share a hit, on those of the split \"train\"."
  let scope = StageScope.study
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(FoundDoublets.kind),
    StageInput(FoundTracks.kind, isRequired: false),
  ]
  let defaultSplits: [String]? = ["train", "validation"]
  let parameters =
    [
      ParameterSpec(
        "doubletFeatures", .boolean, default: false,
        "Whether the network sees the 22 features of both doublets besides the triplet's 31."),
      ParameterSpec(
        "mostCurvature", .number(1e-4...1), default: nil, unit: "1/mm",
        "Triplets on a sharper circle are not looked at; null for no limit."),
      ParameterSpec(
        "mostKink", .number(0...1), default: 1,
        "Triplets with a larger sine of the angle between the doublets in r and z are not looked at."
      ),
      ParameterSpec(
        "trueShare", .number(1e-6...1), default: 0.3, "Share of the true triplets taken."),
      ParameterSpec(
        "falseShare", .number(1e-6...1), default: 0.05, "Share of the false triplets taken."),
    ] + RowTraining.specs(hidden: [64, 32], epochs: 4, batch: 4096, learningRate: 6e-3)
    + LineGraphParameters.specs

  func continuation(of task: StageTask) -> TaskContinuation? {
    TrainingCheckpoints(task: task, part: LineGraphParameters.lineGraph)
      .continuation(epochs: task.integer("lineEpochs"))
      ?? RowCheckpoints(task: task, part: "triplets").continuation(epochs: task.integer("epochs"))
  }

  func run(_ task: StageTask) throws -> StageResult {
    let (train, validation) = (task.events(of: "train"), task.events(of: "validation"))
    let turns = try turns(train, task)
    let isRich = task.flag("doubletFeatures")
    return try refusingBadInput {
      let weights = try task.map(train, note: "weights") {
        try $0.trainingEvent(task).particleHitWeight
      }
      let sampler = TripletSampler(
        isRich: isRich, limits: TripletLimits(task.parameters), turns: turns,
        sampling: RowSampling(task), meanWeight: weights.mean)
      func rows(_ events: [StudyEvent], _ note: String) throws -> RowTable {
        RowTraining.joined(
          try task.map(events, note: note) { event in
            let own = try event.trainingEvent(task)
            let graph = try FoundDoublets.graph(
              of: event.load(FoundDoublets.kind, task), hits: own.hits, threads: 1)
            return sampler.rows(of: own, graph: graph)
          }, inputs: isRich ? TripletFeatures.richCount : TripletFeatures.count)
      }
      let hasLineGraph = task.text("network") == LineGraphParameters.lineGraph
      let (network, summary) = try RowTraining.train(
        task, part: "triplets", rows: rows(train, "triplets"),
        validation: rows(validation, "triplets to validate"), keepsLast: hasLineGraph)
      let line =
        try !hasLineGraph
        ? nil
        : LineGraphTraining.train(
          task,
          perceptron: TripletFinder(
            network: network, cut: Float(task.number("keepCut")),
            limits: TripletLimits(task.parameters), turns: turns),
          meanWeight: weights.mean, training: train, validation: validation)
      return StageResult(
        summary: summary.with([
          "trainEvents": .integer(train.count), "validationEvents": .integer(validation.count),
          "turns": .bool(turns),
          "limits": [
            "mostCurvature": task.parameters["mostCurvature"] ?? .null,
            "mostKink": task.parameters["mostKink"] ?? .null,
          ],
          "line": line == nil ? .null : LineGraphTraining.description(task),
        ]).with(.object(line?.summary ?? [])),
        arrays: RowTraining.arrays(of: network)
          + (line.map { LineGraphTraining.arrays(of: $0.network) } ?? []))
    }
  }

  /// As the doublets' filter has it.
  private func turns(_ events: [StudyEvent], _ task: StageTask) throws -> Bool {
    guard let key = events.first?.results[FoundDoublets.kind] else { return true }
    return try task.store.description(of: key).summary["turns"]?.boolValue ?? true
  }
}

extension TripletLimits {
  /// From `mostCurvature` and `mostKink`; nil where nothing is limited.
  init?(_ json: JSONValue) {
    let kink = json["mostKink"]?.doubleValue ?? 1
    guard json["mostCurvature"]?.doubleValue != nil || kink < 1 else { return nil }
    self.init(
      mostCurvature: Float(json["mostCurvature"]?.doubleValue ?? 1), mostKink: Float(kink))
  }
}

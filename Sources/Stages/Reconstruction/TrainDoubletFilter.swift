import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import Workflow

/// `train-doublet-filter`: the network that tells true doublets from the other candidates.
struct TrainDoubletFilter: StageKind {
  let name = "train-doublet-filter"
  let version = 2
  let summary =
    "Trains the perceptron that judges candidate doublets, on a sample of those of the split \"train\"."
  let scope = StageScope.study
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(LearntCandidates.kind),
    StageInput(FoundTracks.kind, isRequired: false),
  ]
  let defaultSplits: [String]? = ["train", "validation"]
  let parameters =
    [
      ParameterSpec(
        "threshold", .number(0...1), default: 2e-8,
        "Candidates whose true weight in the table is lower are not looked at."),
      ParameterSpec(
        "turns", .boolean, default: true,
        "Whether clusters are held against directions along the circle through the beam line, or else straight ones."
      ),
      ParameterSpec(
        "screenHidden", .integers(1...1024), default: [16],
        "Widths of the hidden layers of a small network on the ten features without clusters, which drops most candidates first; an empty list trains none."
      ),
      ParameterSpec(
        "trueShare", .number(1e-6...1), default: 1, "Share of the true candidates taken."),
      ParameterSpec(
        "falseShare", .number(1e-6...1), default: 0.03, "Share of the false candidates taken."),
    ] + RowTraining.specs(hidden: [64, 32], epochs: 4, batch: 4096, learningRate: 6e-3)

  func continuation(of task: StageTask) -> TaskContinuation? {
    ["screen", "filter"].lazy.compactMap {
      RowCheckpoints(task: task, part: $0).continuation(epochs: task.integer("epochs"))
    }.first
  }

  func run(_ task: StageTask) throws -> StageResult {
    let (pairs, table) = try LearntCandidates.read(task.load(LearntCandidates.kind))
    let (train, validation) = (task.events(of: "train"), task.events(of: "validation"))
    return try refusingBadInput {
      let worths = try task.map(train, note: "weights") {
        try $0.trainingEvent(task).truePairWorth
      }
      let sampler = DoubletSampler(
        pairs: pairs, table: table, threshold: Float(task.number("threshold")),
        turns: task.flag("turns"), sampling: RowSampling(task), meanWorth: worths.mean)
      func rows(_ events: [StudyEvent], _ note: String) throws -> RowTable {
        RowTraining.joined(
          try task.map(events, note: note) { sampler.rows(of: try $0.trainingEvent(task)) },
          inputs: DoubletFeatures.count)
      }
      let sample = try (
        train: rows(train, "candidates"), validation: rows(validation, "candidates to validate")
      )
      let (network, summary) = try RowTraining.train(
        task, part: "filter", rows: sample.train, validation: sample.validation, keepsLast: true)
      let screen =
        task.integers("screenHidden").isEmpty
        ? nil
        : try RowTraining.train(
          task, part: "screen", rows: sample.train.first(DoubletFeatures.placeCount),
          validation: sample.validation.first(DoubletFeatures.placeCount),
          hidden: task.integers("screenHidden"))
      return StageResult(
        summary: summary.with([
          "screen": screen?.summary ?? .null,
          "trainEvents": .integer(train.count), "validationEvents": .integer(validation.count),
          "turns": .bool(task.flag("turns")),
        ]),
        arrays: RowTraining.arrays(of: network)
          + (screen.map {
            RowTraining.arrays(of: $0.network, prefix: RowTraining.screenPrefix)
          } ?? []))
    }
  }
}

extension RowSampling {
  init(_ task: StageTask) {
    self.init(
      trueShare: task.number("trueShare"), falseShare: task.number("falseShare"),
      seed: UInt64(task.integer("seed")))
  }
}

extension [(sum: Double, count: Int)] {
  /// The mean over all events; 1 where there is nothing.
  var mean: Float {
    let count = reduce(0) { $0 + $1.count }
    let sum = reduce(0) { $0 + $1.sum }
    return count == 0 || sum <= 0 ? 1 : Float(sum / Double(count))
  }
}

extension JSONValue {
  /// An object with further members.
  func with(_ more: JSONValue) -> JSONValue { .object((members ?? []) + (more.members ?? [])) }
}

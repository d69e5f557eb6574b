import ArtifactStore
import EventData
import EventSimulation
import JSONDocument
import Reconstruction
import Workflow

/// Puts the trained stages behind an `extend-tracks` stage together into one set of weights.
///
/// The chain is found by following what the stage needs back to the hits, pass by pass.
public struct WeightsExport {
  private let plan: Plan
  private let planner: Planner
  private let dataSet: DataSet?

  /// - Throws: `EventDataError` for a manifest that cannot be read.
  public init(planner: Planner) throws {
    self.planner = planner
    plan = try planner.plan()
    let reference = planner.definition.dataset
    dataSet = try reference.name.map {
      try DataManifest.load(path: reference.manifest ?? "data-manifest.json").dataSet(named: $0)
    }
  }

  /// The weights of the chain that ends at a stage.
  ///
  /// - Parameters:
  ///   - beamSpotZ: goes before what the workflow or the data set says, in mm.
  ///   - trainedOn: goes before the data set's name.
  /// - Throws: `WeightsExportError`, or `ArtifactError` for a cache that cannot be read.
  public func weights(
    ofTracks name: String?, named setName: String, beamSpotZ: Double?, trainedOn: String?,
    programVersion: String
  ) throws -> ReconstructionWeights {
    let last = try lastStage(name)
    let chain = try chain(endingAt: last)
    let hits = try stage(giving: PreparedHits.kind, for: last)
    let modules: DetectorTable
    if case .file(let path) = try planner.source.datasetProperty("detectors") {
      modules = try EventReader.detectors(at: path)
    } else {
      modules = TrackMLDetector.table()
    }
    let hasCells = try summary(of: hits)?["hasCells"]?.boolValue ?? true
    return try ReconstructionWeights(
      name: setName, chain: chain, layers: DetectorGeometry(modules: modules).layers,
      usesCells: hasCells && hits.definition.parameter("cells")?.boolValue != false,
      provenance: try provenance(
        of: last, beamSpotZ: beamSpotZ, trainedOn: trainedOn, programVersion))
  }

  // MARK: - The chain

  private func lastStage(_ name: String?) throws -> PlannedStage {
    let candidates = plan.stages.filter { $0.definition.kind.name == Self.lastKind }
    guard let name else {
      guard let last = candidates.last else {
        throw WeightsExportError.noChain("the workflow has no \(Self.lastKind) stage")
      }
      // Of the points of a scan none comes before the others.
      guard last.definition.point.isEmpty else {
        let points = candidates.map(\.definition).filter {
          $0.declaredName == last.definition.declaredName
        }
        throw WeightsExportError.scanned(points.map(\.name))
      }
      return last
    }
    guard let found = candidates.first(where: { $0.definition.name == name }) else {
      throw WeightsExportError.noStage(name, known: candidates.map(\.definition.name))
    }
    return found
  }

  private static let lastKind = "extend-tracks"

  private func chain(endingAt last: PlannedStage) throws -> ReconstructionChain {
    var passes: [ReconstructionChain.Pass] = []
    var stage: PlannedStage? = last
    while let extending = stage {
      guard extending.definition.kind.name == Self.lastKind else {
        throw WeightsExportError.noChain(
          "a pass starts from the tracks of \(extending.definition.name); a chain extends the tracks"
            + " after each pass, so a stage \(Self.lastKind) was expected there")
      }
      try checkIsAlike(extending, last)
      let paths = try self.stage(giving: FoundTracks.kind, for: extending)
      guard paths.definition.kind.name == "find-paths" else {
        throw WeightsExportError.noChain(
          "\(extending.definition.name) extends the tracks of \(paths.definition.name), which is no"
            + " find-paths stage")
      }
      let before = optionalStage(giving: FoundTracks.kind, for: paths)
      passes.insert(try pass(paths, after: before, companionsOf: extending), at: 0)
      stage = before
    }
    return ReconstructionChain(passes: passes, companions: try companions(of: last))
  }

  private func companions(of extending: PlannedStage) throws -> CompanionFinder {
    CompanionFinder(
      network: try RowTraining.network(of: result("train-companions", for: extending)),
      cut: try extending.definition.float("companionCut"))
  }

  private func extender(of extending: PlannedStage) throws -> TrackExtender {
    TrackExtender(
      pairs: try LearntCandidates.read(result(LearntCandidates.kind, for: extending)).pairs,
      network: try RowTraining.network(of: result("train-extension", for: extending)),
      cut: try extending.definition.float("cut"),
      mergeCut: try extending.definition.float("mergeCut"),
      rounds: extending.definition.parameter("rounds")?.intValue ?? 0,
      companions: try companions(of: extending))
  }

  private func pass(
    _ paths: PlannedStage, after before: PlannedStage?, companionsOf last: PlannedStage
  ) throws -> ReconstructionChain.Pass {
    let doublets = try stage(giving: FoundDoublets.kind, for: paths)
    let triplets = try stage(giving: FoundTriplets.kind, for: paths)
    guard
      try stage(giving: "train-companions", for: paths).definition.name
        == stage(giving: "train-companions", for: last).definition.name,
      paths.definition.parameter("companionCut") == last.definition.parameter("companionCut")
    else {
      throw WeightsExportError.noChain(
        "\(paths.definition.name) and \(last.definition.name) add companions in different ways")
    }
    guard
      try stage(giving: FoundDoublets.kind, for: triplets).definition.name
        == doublets.definition.name,
      optionalStage(giving: FoundTracks.kind, for: doublets)?.definition.name
        == before?.definition.name
    else {
      throw WeightsExportError.noChain(
        "\(paths.definition.name), its triplets and its doublets are not of one pass")
    }
    let (pairs, table) = try LearntCandidates.read(result(LearntCandidates.kind, for: doublets))
    let filter = try result("train-doublet-filter", for: doublets)
    let trained = try result("train-triplets", for: triplets)
    return ReconstructionChain.Pass(
      doublets: try DoubletFinder(
        pairs: pairs, table: table, trained: filter,
        parameters: .object(doublets.definition.parameters)),
      triplets: try TripletFinder(
        trained: trained, parameters: .object(triplets.definition.parameters)),
      paths: PathFinder(
        bias: try paths.definition.float("bias"),
        threshold: try paths.definition.float("threshold"),
        minimumHits: paths.definition.parameter("minimumHits")?.intValue ?? 3),
      extender: try extender(of: last))
  }

  /// A chain has one way of adding companions.
  private func checkIsAlike(_ one: PlannedStage, _ other: PlannedStage) throws {
    let names = try [one, other].map {
      try stage(giving: "train-companions", for: $0).definition.name
    }
    guard names[0] == names[1],
      one.definition.parameter("companionCut") == other.definition.parameter("companionCut")
    else {
      throw WeightsExportError.noChain(
        "\(one.definition.name) and \(other.definition.name) add companions in different ways; a chain"
          + " has one network for them, with the same cut")
    }
  }

  // MARK: - Stages and results

  private func optionalStage(giving kind: String, for stage: PlannedStage) -> PlannedStage? {
    stage.definition.needs.compactMap(plan.stage).first { $0.definition.kind.gives == kind }
  }

  private func stage(giving kind: String, for stage: PlannedStage) throws -> PlannedStage {
    guard let found = optionalStage(giving: kind, for: stage) else {
      throw WeightsExportError.noChain("\(stage.definition.name) needs no \(kind) stage")
    }
    return found
  }

  /// What the study's stage of a kind learnt.
  private func result(_ kind: String, for stage: PlannedStage) throws -> Artifact {
    let learning = try self.stage(giving: kind, for: stage)
    guard let task = learning.tasks.first, task.state == .cached, let key = task.key else {
      throw WeightsExportError.noResult(learning.definition.name)
    }
    return try planner.store.load(key)
  }

  private func summary(of stage: PlannedStage) throws -> JSONValue? {
    guard let key = stage.tasks.first(where: { $0.state == .cached })?.key else { return nil }
    return try planner.store.description(of: key).summary
  }

  // MARK: - Provenance

  private func provenance(
    of last: PlannedStage, beamSpotZ: Double?, trainedOn: String?, _ programVersion: String
  ) throws -> WeightsProvenance {
    let made = plan.stages.first { $0.definition.kind.name == SimulateEvents().name }
    let madeZ =
      planner.source.isMade ? made?.definition.parameter("beamZ")?.doubleValue : nil
    guard let z = beamSpotZ ?? madeZ ?? dataSet?.beamSpot?.z else {
      throw WeightsExportError.noBeamSpot
    }
    var field: EventData.MagneticField?
    if case .value(let json) = try planner.source.datasetProperty("field") {
      field = EventData.MagneticField(json: json)
    }
    let trained = try result("train-extension", for: last).summary
    return WeightsProvenance(
      dataSet: trainedOn ?? dataSet?.name ?? "events of a folder",
      trainEvents: trained["trainEvents"]?.intValue ?? 0,
      beamSpot: BeamSpot(
        x: dataSet?.beamSpot?.x ?? 0.016, y: dataSet?.beamSpot?.y ?? 0.016, z: z), field: field,
      programVersion: programVersion, workflow: workflow, scores: try scores(of: last))
  }

  /// The workflow without what is of this machine.
  private var workflow: JSONValue {
    var definition = planner.definition
    definition.executor = ExecutorSettings()
    for index in definition.stages.indices {
      definition.stages[index].executor = ExecutorSettings()
    }
    return .object(
      (definition.json.members ?? []).map { member in
        guard member.name == "dataset" else { return member }
        return JSONMember(
          name: "dataset",
          value: .object((member.value.members ?? []).filter { $0.name == "name" }))
      })
  }

  private func scores(of last: PlannedStage) throws -> [WeightsProvenance.Score] {
    let scoring = plan.stages.filter {
      $0.definition.kind.name == "score-reconstruction"
        && $0.definition.needs.contains(last.definition.name)
    }
    return try scoring.compactMap { stage in
      let scores = try stage.tasks.compactMap { task -> Double? in
        guard task.state == .cached, let key = task.key else { return nil }
        return try planner.store.description(of: key).summary["score"]?.doubleValue
      }
      guard !scores.isEmpty else { return nil }
      return WeightsProvenance.Score(
        stage: stage.definition.name, events: scores.count,
        score: scores.reduce(0, +) / Double(scores.count))
    }
  }
}

extension StageDefinition {
  fileprivate func float(_ name: String) throws -> Float {
    guard let value = parameter(name)?.doubleValue else {
      throw WeightsExportError.noChain("\(self.name) has no \(name)")
    }
    return Float(value)
  }
}

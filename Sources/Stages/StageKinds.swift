import EdgeClassifier
import EventData
import Execution
import GraphConstruction
import JSONDocument
import Reconstruction
import TrackScoring
import Workflow

/// The stage kinds that workflows can use.
public enum StageKinds {
  /// The instruction sets of the numeric kernels that this machine can run, best first.
  public static var instructionSets: [String] { Kernels.available.map(\.name) }

  public static let all: [any StageKind] = [
    SimulateEvents(), BuildGraphs(), ReadGraphs(), ReadEdges(), ReadTracks(), TrainEdgeClassifier(),
    ClassifyEdges(),
    BuildTracks(), ScoreTracks(), PrepareHits(), LearnCandidates(), TrainDoubletFilter(),
    FindDoublets(), JoinDoublets(), TrainTriplets(), FindTriplets(), FindPaths(), TrainCompanions(),
    TrainExtension(), ExtendTracks(), ScoreReconstruction(), Rehearse(), WriteReport(),
  ]
}

/// Runs a piece of physics, turning complaints about the input's content into refusals.
///
/// A refusal is remembered under the task's key; failures of the system are not, and pass through.
func refusingBadInput<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as EventDataError where error.isAboutContent {
    throw InputRefused(error.description)
  } catch let error as GraphConstructionError {
    throw InputRefused(error.description)
  } catch let error as TrackScoringError {
    throw InputRefused(error.description)
  } catch let error as ReconstructionError {
    throw InputRefused(error.description)
  }
}

extension StageTask {
  /// The value of a parameter that the kind declares with that type.
  func number(_ name: String) -> Double { parameters[name]?.doubleValue ?? .nan }
  func optionalNumber(_ name: String) -> Double? { parameters[name]?.doubleValue }
  func integer(_ name: String) -> Int { parameters[name]?.intValue ?? 0 }
  func integers(_ name: String) -> [Int] {
    (parameters[name]?.arrayValue ?? []).compactMap(\.intValue)
  }
  func text(_ name: String) -> String { parameters[name]?.stringValue ?? "" }
  func flag(_ name: String) -> Bool { parameters[name]?.boolValue ?? false }

  func names(_ name: String) -> [String]? {
    parameters[name]?.arrayValue?.compactMap(\.stringValue)
  }

  /// The path of a file of the event that the kind requires.
  func file(_ name: String) throws -> String {
    guard let path = files[name] else { throw InputRefused("the event has no \(name) file") }
    return path
  }

  /// The data set's magnetic field, for a kind that declares to read `field`; nil where the data set declares none.
  public func magneticField() throws -> MagneticField? {
    guard let json = dataset["field"], json != .null else { return nil }
    guard let field = MagneticField(json: json) else {
      throw TaskFailure(cause: .failed, reason: "this is no magnetic field: \(json.compactText)")
    }
    return field
  }

  /// The path of the data set's detectors file, for a kind that declares to read `detectors`; nil where there is none.
  public var detectorsPath: String? { dataset["detectors"]?.stringValue }

  /// The event's number, for a kind that goes event by event.
  func eventNumber() throws -> Int {
    guard let event else { throw InputRefused("stage \(stage) was given no event") }
    return event
  }
}

extension JSONValue {
  /// A measured number; null where there is none.
  static func optional(_ value: Double?) -> JSONValue {
    value.map { .number($0) } ?? .null
  }
}

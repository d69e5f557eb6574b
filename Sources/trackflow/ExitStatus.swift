import ArgumentParser
import ArtifactStore
import EventData
import Execution
import Foundation
import JSONDocument
import Reconstruction
import Reporting
import Slurm
import Stages
import Workflow

/// The exit codes of every command; the README lists them.
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  /// The work is done, but over fewer events than were asked for.
  case eventsSetAside = 3
  /// A night's numbers are worse than its workflow's thresholds allow.
  case regression = 4
  case usage = 64
  case badData = 65
  case missingInput = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case storage = 74
  case badWorkflow = 78
  case interrupted = 130

  /// The status for an error, by what a user has to do about it.
  init(of error: any Error) {
    switch error {
    case let error as WorkflowError:
      switch error {
      case .unreadable: self = .missingInput
      case .invalid: self = .badWorkflow
      case .override: self = .usage
      case .dataset: self = .missingInput
      }
    case let error as RunError:
      switch error {
      case .workerNotStarted, .tooFewOpenFiles: self = .unavailable
      case .storage, .catalog: self = .storage
      case .failed: self = .internalError
      case .neverStarts: self = .badWorkflow
      case .cancelledJob: self = .interrupted
      case .impossible, .stopped: self = .badData
      }
    case let error as SlurmError:
      switch error {
      case .absent, .tooOld, .unknownDialect, .away, .full: self = .unavailable
      case .refused: self = .badWorkflow
      }
    case let error as BatchError:
      switch error {
      case .unreadable: self = .badData
      case .instructionSet: self = .unavailable
      case .unwritable: self = .storage
      }
    case is ArtifactError: self = .storage
    case let error as EventDataError:
      switch error {
      case .malformed, .inconsistent, .compressed, .array: self = .badData
      case .manifest: self = .badWorkflow
      case .unwritable: self = .cannotCreate
      case .unreadable, .missingFile, .noEvents, .unknownDataSet: self = .missingInput
      }
    case is ReconstructionError: self = .badData
    case let error as WeightsError:
      switch error {
      case .unreadable: self = .missingInput
      case .unknownSet, .noneShipped: self = .usage
      case .notWeights, .newerFormat, .damaged, .contradictory, .otherDetector: self = .badData
      }
    case let error as WeightsExportError:
      switch error {
      case .noStage, .scanned, .noBeamSpot: self = .usage
      case .noResult: self = .missingInput
      case .noChain: self = .badWorkflow
      }
    case let error as ExportError:
      switch error {
      case .unknownStage, .otherKind, .unknownEvent: self = .usage
      case .nothing: self = .missingInput
      case .notExportable: self = .badData
      }
    case let error as ImportError: self = error.status
    case is InputRefused, is DisplayError: self = .missingInput
    case is EventArgumentError, is RunReferenceError, is LineageReferenceError,
      is StudyDisplayError:
      self = .usage
    case let error as NightlyError:
      switch error {
      case .busy, .cacheInUse, .noScheduler, .tool: self = .unavailable
      case .otherWorkflow, .noNight, .notARegression, .unquotable: self = .usage
      case .noNights, .notInstalled: self = .missingInput
      }
    case is CacheCommandError, is HistoryError: self = .missingInput
    case is ReportError, is JSONError: self = .badData
    case let error as RerunError: self = error.isMissingInput ? .missingInput : .badData
    case is CancellationError: self = .interrupted
    default: self = .internalError
    }
  }
}

/// Does the work of a command; what goes wrong is said, and decides the exit code.
func reporting(_ body: () async throws -> ExitStatus) async throws {
  do {
    let status = try await body()
    if status != .success { throw ExitCode(status.rawValue) }
  } catch {
    throw failing(error)
  }
}

/// Prints an error's words and ends the command with its exit code.
///
/// - Parameter status: the exit code where the error's own would mislead.
func failing(_ error: any Error, as status: ExitStatus? = nil) -> any Error {
  if error is ExitCode || error is CleanExit || error is ValidationError { return error }
  let words =
    error is CancellationError ? "interrupted; the same command goes on from here" : "\(error)"
  FileHandle.standardError.write(Data("trackflow: \(words)\n".utf8))
  return ExitCode((status ?? ExitStatus(of: error)).rawValue)
}

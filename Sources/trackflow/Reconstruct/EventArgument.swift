import EventData
import Foundation

/// An event to reconstruct: where its hits are, and its cells if it has any.
struct EventInput: Equatable {
  var event: Int
  var hits: String
  var cells: String?
}

/// Turns what a user names into events: a folder, `FOLDER/eventNNNNNNNNN`, `FOLDER/NNNN` or a file of an event.
struct EventArgument {
  /// The events, and why others that were named cannot be found.
  static func resolve(
    _ arguments: [String]
  ) throws -> (found: [EventInput], failed: [(name: String, error: any Error)]) {
    var found: [EventInput] = []
    var failed: [(name: String, error: any Error)] = []
    for argument in arguments {
      do {
        found += try inputs(of: argument)
      } catch let error as EventDataError {
        failed.append((argument, error))
      }
    }
    var seen: [Int: EventInput] = [:]
    let distinct = try found.filter { input in
      guard let other = seen.updateValue(input, forKey: input.event) else { return true }
      guard other == input else {
        throw EventArgumentError.twoOfOneNumber(input.event, other.hits, input.hits)
      }
      return false
    }
    return (distinct, failed)
  }

  private static func inputs(of argument: String) throws -> [EventInput] {
    var isFolder = ObjCBool(false)
    if FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder),
      isFolder.boolValue
    {
      let folder = try EventFolder(path: argument)
      return try folder.events.map { try input($0, in: folder) }
    }
    let cut = argument.lastIndex(of: "/")
    let name = cut.map { String(argument[argument.index(after: $0)...]) } ?? argument
    let folderPath = cut.map { $0 == argument.startIndex ? "/" : String(argument[..<$0]) } ?? "."
    guard let match = name.wholeMatch(of: /(event)?([0-9]{1,9})(-[a-z]+\.csv(\.zst|\.gz)?)?/),
      let event = Int(match.2)
    else {
      throw EventArgumentError.noNumber(argument)
    }
    var found = try input(event, in: EventFolder(path: folderPath))
    if match.3?.hasPrefix("-hits.") == true {
      guard FileManager.default.fileExists(atPath: argument) else {
        throw EventDataError.unreadable(file: argument, reason: "there is no such file")
      }
      found.hits = argument
    }
    return [found]
  }

  private static func input(_ event: Int, in folder: EventFolder) throws -> EventInput {
    guard let hits = folder.path(of: .hits, event: event) else {
      throw EventDataError.missingFile(folder: folder.path, event: event, file: .hits)
    }
    return EventInput(event: event, hits: hits, cells: folder.path(of: .cells, event: event))
  }
}

/// What is wrong with the events that a command was given.
enum EventArgumentError: Error, CustomStringConvertible {
  case none
  case noNumber(String)
  case twoOfOneNumber(Int, String, String)

  var description: String {
    switch self {
    case .none: "no event was named: give a folder, an event of one, or a data set"
    case .noNumber(let argument):
      "\(argument): there is no such folder, and the name has no event's number; a folder of events or a name such as "
        + "\(EventFolder.fileName(of: .hits, event: 1000)) was expected"
    case .twoOfOneNumber(let event, let first, let second):
      "two events have the number \(event), and so the same output file: \(first) and \(second)"
    }
  }
}

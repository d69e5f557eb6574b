import ArgumentParser
import EventData
import EventSimulation
import Foundation

/// `trackflow geometry`: the detector's modules as a table.
struct GeometryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "geometry",
    abstract: "Write the table of the TrackML detector's modules.",
    discussion: HelpText.discussion(
      """
      Writes the 18,728 modules that events are simulated in: ids, centres, rotations, sizes and \
      pitches in mm, with the columns of the challenge's detectors.csv. A file of that name is \
      replaced.
      """,
      examples: ["geometry --out detectors.csv", "geometry --out detectors.csv.zst"],
      exits: [.cannotCreate, .storage]))

  @Option(
    help: ArgumentHelp("The file to write; the suffix .zst compresses it.", valueName: "file"),
    completion: .file())
  var out: String

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out needs the name of a file") }
    if out.hasSuffix(".gz") {
      throw ValidationError("--out \(out): gzip files are read only; use the suffix .zst or none")
    }
  }

  func run() throws {
    do {
      try checkPlace()
      try EventWriter.write(TrackMLDetector.table(), to: out)
      print("\(TrackMLDetector.modules.count) modules in \(out)")
    } catch {
      FileHandle.standardError.write(Data("trackflow: \(error)\n".utf8))
      let status: ExitStatus = error is SimulationError ? .cannotCreate : .storage
      throw ExitCode(status.rawValue)
    }
  }

  /// Finds out what is wrong with the place before any work is done.
  private func checkPlace() throws(SimulationError) {
    let file = URL(filePath: out)
    let folder = file.deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw .cannotCreate(path: out, reason: "there is no folder \(folder)")
    }
    guard isFolder.boolValue else {
      throw .cannotCreate(path: out, reason: "\(folder) is not a folder")
    }
    guard manager.isWritableFile(atPath: folder) else {
      throw .cannotCreate(path: out, reason: "no permission to write in \(folder)")
    }
    if manager.fileExists(atPath: out, isDirectory: &isFolder), isFolder.boolValue {
      throw .cannotCreate(path: out, reason: "it is a folder; give the name of a file in it")
    }
  }
}

import JSONDocument

/// The data sets that studies can name: what each is, how to get it, where it lies, what its
/// physics needs.
///
/// Two files make a manifest: the one that everybody shares, and beside it `<name>.local.json` with
/// the folders of this machine and data sets of its own. `docs/data.md` shows both.
public struct DataManifest: Sendable, Equatable {
  /// The file that was read.
  public var path: String
  public var version: Int
  /// In the order of the file; data sets of this machine follow.
  public var dataSets: [DataSet]

  /// The data set of a name.
  ///
  /// - Throws: `EventDataError.unknownDataSet` with the nearest name there is.
  public func dataSet(named name: String) throws -> DataSet {
    if let found = dataSets.first(where: { $0.name == name }) { return found }
    throw EventDataError.unknownDataSet(
      name: name, nearest: nearest(to: name, among: dataSets.map(\.name)), manifest: path)
  }

  /// The file with this machine's folders that belongs to a manifest.
  public static func localPath(of path: String) -> String {
    (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".local.json"
  }
}

/// One data set of a manifest.
public struct DataSet: Sendable, Equatable {
  public var name: String
  public var description: String
  /// What a user does to get it.
  public var instructions: String?
  public var url: String?
  /// The folder of its events; relative ones are taken from the manifest's folder.
  public var folder: String
  /// The numbers of the events that it should hold.
  public var events: ClosedRange<Int>
  /// The files that every event should have.
  public var files: Set<EventFile>
  /// The file with the detector's modules.
  public var detectors: String?
  public var field: MagneticField?
  public var beamSpot: BeamSpot?
  /// The name of the trained set that fits the data set.
  public var weights: String?
  /// True where workflows make the events themselves, so that no folder is needed.
  public var isMade: Bool
  /// True where the data set or its folder is of this machine only.
  public var isLocal: Bool
  /// True where this machine gives a folder other than the one that the manifest declares.
  public var isMoved = false
}

extension DataSet {
  /// The numbers of the events of the data set, where its files lie in a folder.
  ///
  /// All of its range, so that a missing event is seen to be missing; of a data set of graphs, which
  /// need not be made of every event, those of the range that the folder has.
  /// - Throws: `EventDataError.noEvents` where a data set of graphs has none in the folder.
  public func events(in folder: EventFolder) throws -> [Int] {
    guard files == [.graph] else { return Array(events) }
    let found = folder.events.filter {
      events.contains($0) && folder.files(of: $0).contains(.graph)
    }
    guard !found.isEmpty else {
      throw EventDataError.noEvents(
        folder: folder.path,
        reason: "it holds no graph of the events \(events.lowerBound) to \(events.upperBound); "
          + "files such as \(EventFolder.fileName(of: .graph, event: events.lowerBound)) "
          + "were expected")
    }
    return found
  }
}

/// The magnetic field of a detector, lengths in mm, strength in T.
public enum MagneticField: Sendable, Equatable {
  /// The same everywhere, along z.
  case uniform(strength: Double)
  /// That of a thin coil around the z direction.
  ///
  /// - Parameters:
  ///   - centre: x, y and z of the coil's centre in the detector's frame.
  ///   - strength: at the coil's centre.
  case coil(radius: Double, length: Double, centre: [Double], strength: Double)
}

/// Standard deviations of the place of the collisions, in mm.
public struct BeamSpot: Sendable, Equatable {
  public var x: Double
  public var y: Double
  public var z: Double

  public init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }
}

/// An event in memory: its hits, and the tables that were asked for with them.
public struct Event: Sendable {
  public var id: Int
  public var hits: HitTable
  public var truth: TruthTable?
  public var particles: ParticleTable?
  public var cells: CellTable?

  public init(
    id: Int, hits: HitTable, truth: TruthTable? = nil, particles: ParticleTable? = nil,
    cells: CellTable? = nil
  ) {
    self.id = id
    self.hits = hits
    self.truth = truth
    self.particles = particles
    self.cells = cells
  }
}

extension EventFolder {
  /// Reads an event's hits and the tables that are asked for, and holds them against each other.
  ///
  /// - Throws: `EventDataError`: a file that is missing or malformed, a truth row for a hit that is
  /// not
  ///   there, a hit without truth, a cell of a hit that is not there.
  public func read(event id: Int, files: Set<EventFile>) throws -> Event {
    func required(_ file: EventFile) throws -> String {
      guard let found = path(of: file, event: id) else {
        throw EventDataError.missingFile(folder: path, event: id, file: file)
      }
      return found
    }
    let hitsPath = try required(.hits)
    var event = Event(id: id, hits: try EventReader.hits(at: hitsPath))
    if files.contains(.truth) {
      let truthPath = try required(.truth)
      let truth = try EventReader.truth(at: truthPath)
      try EventChecks.check(truth, in: truthPath, against: event.hits, in: hitsPath)
      event.truth = truth
    }
    if files.contains(.particles) {
      event.particles = try EventReader.particles(at: required(.particles))
    }
    if files.contains(.cells) {
      let cellsPath = try required(.cells)
      let cells = try EventReader.cells(at: cellsPath)
      try EventChecks.check(cells, in: cellsPath, against: event.hits)
      event.cells = cells
    }
    return event
  }
}

/// What must agree between the tables of one event.
public enum EventChecks {
  /// Throws unless truth and hits name the same hits.
  public static func check(
    _ truth: TruthTable, in truthPath: String, against hits: HitTable, in hitsPath: String
  ) throws {
    // The same hits in the same order is what nearly every event has.
    if truth.hitID == hits.hitID { return }
    let known = Set(hits.hitID)
    if let row = truth.hitID.firstIndex(where: { !known.contains($0) }) {
      throw inconsistent(truthPath, row, "hit \(truth.hitID[row]) is not among the event's hits")
    }
    let covered = Set(truth.hitID)
    if let row = hits.hitID.firstIndex(where: { !covered.contains($0) }) {
      throw inconsistent(hitsPath, row, "hit \(hits.hitID[row]) has no row in the truth")
    }
  }

  /// Throws where a cell belongs to a hit that is not there.
  public static func check(_ cells: CellTable, in cellsPath: String, against hits: HitTable) throws
  {
    let known = Set(hits.hitID)
    var last: Int32 = 0
    for (row, hit) in cells.hitID.enumerated() where hit != last {
      guard known.contains(hit) else {
        throw inconsistent(cellsPath, row, "hit \(hit) is not among the event's hits")
      }
      last = hit
    }
  }

  private static func inconsistent(_ path: String, _ row: Int, _ message: String) -> EventDataError
  {
    .inconsistent(
      file: path, line: CSVTable.line(ofRow: row), column: "hit_id", message: message)
  }
}

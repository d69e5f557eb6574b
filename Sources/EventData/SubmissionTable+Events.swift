extension SubmissionTable {
  /// The numbers of the events that it has rows of, sorted; none for a file without the column.
  public var events: [Int] { Set(eventID).sorted().map(Int.init) }

  /// The tracks of one event, held against the event's hits.
  ///
  /// - Parameters:
  ///   - event: of a file without the column `event_id` all rows are taken to be of it.
  ///   - path: the file that the table was read from.
  ///   - hits: those of the event.
  /// - Throws: `EventDataError.inconsistent` with the line of a hit that the event does not have, or that is there twice.
  public func tracks(
    of event: Int, in path: String, hits: HitTable
  ) throws(EventDataError) -> SubmissionTable {
    func failure(_ row: Int, _ message: String) -> EventDataError {
      .inconsistent(
        file: path, line: CSVTable.line(ofRow: row), column: "hit_id", message: message)
    }
    let known = Set(hits.hitID)
    var firstRow: [Int32: Int] = [:]
    var tracks = SubmissionTable()
    for row in hitID.indices where eventID.isEmpty || Int(eventID[row]) == event {
      let hit = hitID[row]
      guard known.contains(hit) else {
        throw failure(
          row,
          "hit \(hit) is not among the \(hits.count) hits of event \(event); numbers of its hits file were expected"
        )
      }
      if let first = firstRow.updateValue(row, forKey: hit) {
        throw failure(
          row,
          "hit \(hit) of event \(event) is in line \(CSVTable.line(ofRow: first)) already; a hit is on one track at most"
        )
      }
      tracks.eventID.append(Int32(truncatingIfNeeded: event))
      tracks.hitID.append(hit)
      tracks.trackID.append(trackID[row])
    }
    return tracks
  }
}

import EventData

extension SubmissionTable {
  /// Tracks numbered from 1 in their order.
  ///
  /// - Parameter hitID: of each hit that a track can name, [hits].
  public init(_ tracks: [Track], hitID: [Int32], event: Int) {
    self.init()
    for (index, track) in tracks.enumerated() {
      for hit in track.path + track.companions {
        self.hitID.append(hitID[Int(hit)])
        trackID.append(Int64(index + 1))
      }
    }
    eventID = Array(repeating: Int32(truncatingIfNeeded: event), count: self.hitID.count)
  }
}

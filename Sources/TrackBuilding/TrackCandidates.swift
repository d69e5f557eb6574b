import EventData
import GraphConstruction

/// Which nodes of a graph belong together on a track; a node is on one track at most.
public struct TrackCandidates: Sendable, Equatable {
  /// The track's number in 0..<count for each node, -1 for a node on none, [nodes].
  public var trackOfNode: [Int32]
  /// Number of tracks.
  public var count: Int

  public init(trackOfNode: [Int32], count: Int) {
    self.trackOfNode = trackOfNode
    self.count = count
  }

  /// Number of nodes that are on a track.
  public var hitCount: Int { trackOfNode.count { $0 >= 0 } }

  /// The tracks as a submission: the hits that are on a track, in the graph's order, and no others.
  ///
  /// - Parameters:
  ///   - graph: the graph that the tracks were built on.
  ///   - event: the event's number.
  ///   - firstTrackID: the id of track 0; ids then count up.
  public func submission(
    graph: HitGraph, event: Int32, firstTrackID: Int64 = 1
  ) -> SubmissionTable {
    precondition(trackOfNode.count == graph.nodeCount, "tracks of another graph")
    var table = SubmissionTable()
    for node in trackOfNode.indices where trackOfNode[node] >= 0 {
      table.eventID.append(event)
      table.hitID.append(graph.hitID[node])
      table.trackID.append(firstTrackID + Int64(trackOfNode[node]))
    }
    return table
  }
}

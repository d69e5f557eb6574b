import GraphConstruction
import TrackBuilding

extension DoubletGraph {
  /// The doublets as a graph of hits, for the track builders that walk on such graphs.
  ///
  /// Nodes are all hits in the order of their layers' places; `order` tells the hit of each.
  public func hitGraph(_ hits: DetectorHits) -> (graph: HitGraph, order: [Int32], edges: [Int32]) {
    let places = hits.layer.map { position[Int($0)] }
    let order = (0..<Int32(hits.count)).sorted { (places[Int($0)], $0) < (places[Int($1)], $1) }
    var node = [Int32](repeating: 0, count: hits.count)
    for (place, hit) in order.enumerated() { node[Int(hit)] = Int32(place) }
    var graph = HitGraph(
      hitID: order.map { hits.hitID[Int($0)] }, layer: order.map { 100 + places[Int($0)] },
      features: [], firstEdge: [0], end: [], label: [])
    var edges: [Int32] = []
    edges.reserveCapacity(count)
    for hit in order {
      let own = (begin[Int(hit)]..<end[Int(hit)]).sorted {
        node[Int(to[Int($0)])] < node[Int(to[Int($1)])]
      }
      edges += own
      graph.end += own.map { node[Int(to[Int($0)])] }
      graph.firstEdge.append(Int32(edges.count))
      let record = hits.record(Int(hit))
      graph.features += [
        record[0] / 1000, record[1] / 1000, record[2] / 1000, record[3] / 1000,
        record[4] / Float.pi,
      ]
    }
    graph.label = [UInt8](repeating: 0, count: edges.count)
    return (graph, order, edges)
  }
}

extension TrackCandidates {
  /// As tracks of the hits that the nodes stand for.
  ///
  /// - Parameter order: hit of each node, [nodes].
  public func tracks(order: [Int32]) -> [Track] {
    var paths = [[Int32]](repeating: [], count: count)
    for (node, track) in trackOfNode.enumerated() where track >= 0 {
      paths[Int(track)].append(order[node])
    }
    return paths.map { Track(path: $0) }
  }
}

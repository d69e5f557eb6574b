import Foundation

extension EventReader {
  /// Whether a graph file has the layout of PyTorch Geometric: an array `edge_index`.
  public static func isGeometric(_ archive: NumPyArchive) -> Bool {
    archive.names.contains("edge_index")
  }

  /// Reads a graph as `torch_geometric.data.Data` names its parts: an .npz file.
  ///
  /// `x` [nodes, 5] holds x / 1000, y / 1000, z / 1000, r / 1000 (mm) and phi / pi, or [nodes, 3]
  /// r / 1000, phi / pi and z / 1000; `edge_index` [2, edges] start and end nodes. May be there: `y`
  /// [edges] of 0 and 1, `edge_probability` (or `score`, `edge_scores`) [edges], `hit_id`, `particle_id`
  /// and `layer` [nodes]. Other arrays are passed over.
  ///
  /// Where `layer` rises along every edge, edges stay as they are; otherwise those that lead inwards
  /// are turned round, and the layers are left out. Of edges that are there twice the more probable counts.
  /// - Throws: `EventDataError` naming the file, the array and the place.
  public static func geometricGraph(_ archive: NumPyArchive) throws -> GeometricGraph {
    let reading = GeometricReading(archive)
    var graph = GeometricGraph()
    graph.features = try reading.features()
    let nodes = graph.nodeCount
    let (start, end) = try reading.edges(nodes: nodes)
    let labels = try reading.labels(edges: start.count)
    let scores = try reading.scores(edges: start.count)
    graph.hitID = try reading.hitID(nodes: nodes)
    graph.particleID = try reading.whole("particle_id", nodes, "as many as nodes")
    let layer = try reading.whole("layer", nodes, "as many as nodes")
    let isLayered =
      layer.map { layer in zip(start, end).allSatisfy { layer[$0] < layer[$1] } } ?? false
    if isLayered { graph.layer = layer?.map { Int32(clamping: $0) } }
    let table = graph.table
    var known: [Int: Int] = [:]
    known.reserveCapacity(start.count)
    var kept: [Int] = []
    for edge in start.indices {
      let (one, other) = (start[edge], end[edge])
      func failure(_ message: String) -> EventDataError {
        .array(file: archive.path, name: "edge_index", message: "edge \(edge) \(message)")
      }
      guard one != other else { throw failure("joins node \(one) with itself") }
      guard let isOutward = isLayered ? true : table.isInner(one, than: other) else {
        throw failure(
          "has no direction: its nodes \(one) and \(other) lie at one radius and one |z|")
      }
      let (inner, outer) = isOutward ? (one, other) : (other, one)
      if let place = known[inner * nodes + outer] {
        let first = kept[place]
        if let labels, labels[first] != labels[edge] {
          throw failure(
            "joins nodes \(inner) and \(outer) like edge \(first), with another label in y")
        }
        if let scores, scores[edge] > scores[first] { kept[place] = edge }
        continue
      }
      known[inner * nodes + outer] = kept.count
      kept.append(edge)
      graph.start.append(Int32(inner))
      graph.end.append(Int32(outer))
    }
    graph.label = labels.map { labels in kept.map { labels[$0] } }
    graph.score = scores.map { scores in kept.map { scores[$0] } }
    return graph
  }
}

/// The arrays of a graph file, each checked as it is read.
private struct GeometricReading {
  private let archive: NumPyArchive
  /// What edges' probabilities may be called.
  private static let scoreNames = ["edge_probability", "score", "edge_scores"]

  init(_ archive: NumPyArchive) { self.archive = archive }

  private func failure(_ name: String, _ message: String) -> EventDataError {
    .array(file: archive.path, name: name, message: message)
  }

  func features() throws -> [Float] {
    let array = try archive.array("x")
    guard array.shape.count == 2, [3, 5].contains(array.shape[1]) else {
      throw failure(
        "x",
        "its shape is \(array.shape); [nodes, 5] (x, y, z, r, phi) or [nodes, 3] (r, phi, z) was expected"
      )
    }
    guard array.type.isFloat else {
      throw failure("x", "its element type is \(array.type.rawValue); <f4 or <f8 was expected")
    }
    guard (1...Int(Int32.max)).contains(array.shape[0]) else {
      throw failure("x", "it has \(array.shape[0]) nodes; at least one was expected")
    }
    let values = array.doubles()
    let columns = array.shape[1]
    var features: [Float] = []
    features.reserveCapacity(array.shape[0] * GeometricGraph.featureCount)
    for node in 0..<array.shape[0] {
      let row = Array(values[node * columns..<(node + 1) * columns])
      let (r, phi, z) = columns == 3 ? (row[0], row[1], row[2]) : (row[3], row[4], row[2])
      func check(_ holds: Bool, _ column: Int, _ expected: String) throws {
        guard holds else {
          throw failure("x", "[\(node), \(column)] is \(row[column]); \(expected) was expected")
        }
      }
      try check((0...1e6).contains(r), columns == 3 ? 0 : 3, "r / 1000 in mm, at least 0,")
      // Single precision may round pi up.
      try check(abs(phi) <= 1.0001, columns == 3 ? 1 : 4, "phi / pi, from -1 to 1,")
      try check(abs(z) <= 1e6, 2, "z / 1000 in mm")
      guard columns == 5 else {
        features += [
          Float(r * cos(phi * .pi)), Float(r * sin(phi * .pi)), Float(z), Float(r), Float(phi),
        ]
        continue
      }
      let radius = (row[0] * row[0] + row[1] * row[1]).squareRoot()
      try check(
        abs(radius - r) <= 1e-3 * max(r, 1), 3, "the radius of columns 0 and 1, \(radius),")
      features += row.map { Float($0) }
    }
    return features
  }

  func edges(nodes: Int) throws -> (start: [Int], end: [Int]) {
    let array = try archive.array("edge_index")
    guard array.shape.count == 2, array.shape[0] == 2 else {
      throw failure("edge_index", "its shape is \(array.shape); [2, edges] was expected")
    }
    let count = array.shape[1]
    let ends = try array.integers().enumerated().map { place, node -> Int in
      guard node >= 0, node < nodes else {
        throw failure(
          "edge_index",
          "[\(place / max(count, 1)), \(place % max(count, 1))] is \(node); a node from 0 to \(nodes - 1) was expected"
        )
      }
      return Int(node)
    }
    return (Array(ends[..<count]), Array(ends[count...]))
  }

  func labels(edges: Int) throws -> [UInt8]? {
    guard let values = try numbers("y", edges, "as many as edges") else { return nil }
    return try values.enumerated().map { edge, label in
      guard label == 0 || label == 1 else {
        throw failure("y", "the label of edge \(edge) is \(label); 0 or 1 was expected")
      }
      return UInt8(label)
    }
  }

  func scores(edges: Int) throws -> [Float]? {
    guard let name = Self.scoreNames.first(where: archive.names.contains) else { return nil }
    return try numbers(name, edges, "as many as edges")?.enumerated().map { edge, score in
      guard (0...1).contains(score) else {
        throw failure(
          name,
          "that of edge \(edge) is \(score); a probability from 0 to 1 was expected (a logit goes through a sigmoid first)"
        )
      }
      return Float(score)
    }
  }

  func hitID(nodes: Int) throws -> [Int32]? {
    guard let values = try whole("hit_id", nodes, "as many as nodes") else { return nil }
    var first: [Int32: Int] = [:]
    first.reserveCapacity(nodes)
    return try values.enumerated().map { node, value in
      guard let hit = Int32(exactly: value), hit > 0 else {
        throw failure(
          "hit_id",
          "that of node \(node) is \(value); the number of a hit, from 1 to \(Int32.max), was expected"
        )
      }
      if let other = first.updateValue(node, forKey: hit) {
        throw failure("hit_id", "nodes \(other) and \(node) are both hit \(hit)")
      }
      return hit
    }
  }

  /// Whole numbers; nil where there is no such array.
  func whole(_ name: String, _ count: Int, _ words: String) throws -> [Int64]? {
    try array(name, count, words)?.integers()
  }

  private func numbers(_ name: String, _ count: Int, _ words: String) throws -> [Double]? {
    try array(name, count, words)?.doubles()
  }

  /// A column may have a second axis of length 1, as networks give it.
  private func array(_ name: String, _ count: Int, _ words: String) throws -> NumPyArray? {
    guard archive.names.contains(name) else { return nil }
    let array = try archive.array(name)
    guard array.shape == [count] || array.shape == [count, 1] else {
      throw failure(name, "its shape is \(array.shape); [\(count)] was expected, \(words)")
    }
    return array
  }
}

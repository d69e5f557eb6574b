extension EventReader {
  /// Reads a graph of the Exa.TrkX kind: an .npz file of six arrays.
  ///
  /// `X` [nodes, 3] holds r / 1000, phi / pi and z / 1000 (mm) as floats; `Ri_rows`, `Ri_cols` the
  /// end node and number of each edge, `Ro_rows`, `Ro_cols` start node and number; `y` [edges] is 1
  /// for true edges, else 0. Other arrays are passed over. Edges that lead inwards are turned round,
  /// and those that are there twice are taken once.
  /// - Throws: `EventDataError` naming the file, the array and the place: damage, arrays that are
  ///   missing or of another type or shape, numbers out of range, edges without a direction, and
  ///   edges that are there twice with different labels.
  public static func graph(at path: String) throws -> GraphTable {
    let archive = try NumPyArchive(path: path)
    var table = try nodes(of: archive)
    let labels = try labels(of: archive)
    let start = try nodeOfEdge(archive, "Ro", nodes: table.nodeCount, edges: labels.count)
    let end = try nodeOfEdge(archive, "Ri", nodes: table.nodeCount, edges: labels.count)
    var edges: [Int: Int] = [:]
    edges.reserveCapacity(labels.count)
    for edge in labels.indices {
      let (one, other) = (start[edge], end[edge])
      func failure(_ message: String) -> EventDataError {
        .array(file: path, name: "Ro_rows", message: "edge \(edge) \(message)")
      }
      guard one != other else { throw failure("joins node \(one) with itself") }
      guard let isOutward = table.isInner(one, than: other) else {
        throw failure(
          "has no direction: its nodes \(one) and \(other) lie at one radius and one |z|")
      }
      let (inner, outer) = isOutward ? (one, other) : (other, one)
      if let first = edges.updateValue(edge, forKey: inner * table.nodeCount + outer) {
        guard labels[first] == labels[edge] else {
          throw failure(
            "joins nodes \(inner) and \(outer) like edge \(first), with another label in y")
        }
        continue
      }
      table.start.append(Int32(inner))
      table.end.append(Int32(outer))
      table.label.append(labels[edge])
    }
    return table
  }

  /// Reads the pieces of one event's graph as one graph, in the order given.
  ///
  /// The pieces' nodes are taken as different hits, and all in one frame of coordinates.
  /// - Throws: as `graph(at:)`.
  public static func graph(atPieces paths: [String]) throws -> GraphTable {
    var whole = GraphTable()
    for path in paths {
      let piece = try graph(at: path)
      guard whole.nodeCount + piece.nodeCount <= Int(Int32.max) else {
        throw EventDataError.array(
          file: path, name: "X", message: "with it the event has more than \(Int32.max) nodes")
      }
      whole.append(piece)
    }
    return whole
  }

  private static func nodes(of archive: NumPyArchive) throws -> GraphTable {
    let array = try archive.array("X")
    func failure(_ message: String) -> EventDataError {
      .array(file: archive.path, name: "X", message: message)
    }
    guard array.shape.count == 2, array.shape[1] == 3 else {
      throw failure("its shape is \(array.shape); [nodes, 3] was expected: r, phi and z of each")
    }
    guard array.type.isFloat else {
      throw failure("its element type is \(array.type.rawValue); <f4 or <f8 was expected")
    }
    guard (1...Int(Int32.max)).contains(array.shape[0]) else {
      throw failure("it has \(array.shape[0]) nodes; at least one was expected")
    }
    let values = array.doubles()
    var table = GraphTable()
    for node in 0..<array.shape[0] {
      let (r, phi, z) = (values[3 * node], values[3 * node + 1], values[3 * node + 2])
      func check(_ holds: Bool, _ column: Int, _ value: Double, _ expected: String) throws {
        guard holds else {
          throw failure("[\(node), \(column)] is \(value); \(expected) was expected")
        }
      }
      try check((0...1e6).contains(r), 0, r, "r / 1000 in mm, at least 0,")
      // Single precision may round pi up.
      try check(abs(phi) <= 1.0001, 1, phi, "phi / pi, from -1 to 1,")
      try check(abs(z) <= 1e6, 2, z, "z / 1000 in mm")
      table.r.append(r * 1000)
      table.phi.append(phi * .pi)
      table.z.append(z * 1000)
    }
    return table
  }

  private static func labels(of archive: NumPyArchive) throws -> [UInt8] {
    let array = try archive.array("y")
    guard array.shape.count == 1 else {
      throw EventDataError.array(
        file: archive.path, name: "y",
        message: "its shape is \(array.shape); [edges] was expected")
    }
    return try array.doubles().enumerated().map { edge, label in
      guard label == 0 || label == 1 else {
        throw EventDataError.array(
          file: archive.path, name: "y",
          message: "the label of edge \(edge) is \(label); 0 or 1 was expected")
      }
      return UInt8(label)
    }
  }

  /// The node at one side of every edge: `<side>_rows` are nodes, `<side>_cols` their edges.
  private static func nodeOfEdge(
    _ archive: NumPyArchive, _ side: String, nodes: Int, edges: Int
  ) throws -> [Int] {
    func numbers(_ name: String, below limit: Int, _ what: String) throws -> [Int] {
      let array = try archive.array(name)
      func failure(_ message: String) -> EventDataError {
        .array(file: archive.path, name: name, message: message)
      }
      guard array.shape == [edges] else {
        throw failure("its shape is \(array.shape); [\(edges)] was expected, as that of y")
      }
      return try array.integers().enumerated().map { place, number in
        guard number >= 0, number < limit else {
          throw failure("[\(place)] is \(number); \(what) from 0 to \(limit - 1) was expected")
        }
        return Int(number)
      }
    }
    let rows = try numbers("\(side)_rows", below: nodes, "a node")
    let columns = try numbers("\(side)_cols", below: edges, "an edge")
    var node = [Int](repeating: -1, count: edges)
    for (place, edge) in columns.enumerated() {
      guard node[edge] < 0 else {
        throw EventDataError.array(
          file: archive.path, name: "\(side)_cols",
          message: "[\(place)] is edge \(edge) for the second time")
      }
      node[edge] = rows[place]
    }
    return node
  }
}

import Foundation

/// The content of a small graph file as the Exa.TrkX preprocessing lays it out, for tests to damage.
public struct GraphFile {
  /// r / 1000, phi / pi, z / 1000 of each node.
  public var nodes: [[Float]]
  public var starts: [Int64]
  public var ends: [Int64]
  public var labels: [Float]
  /// Members that stand for those made of the above, by the array's name; empty ones are left out.
  public var replaced: [String: [UInt8]] = [:]

  /// Two tracks over three layers and a false edge between them.
  public init() {
    nodes = [
      [0.032, 0.1, 0.01], [0.072, 0.1, 0.02], [0.116, 0.1, 0.03], [0.116, 0.6, -0.06],
      [0.072, 0.6, -0.04], [0.032, 0.6, -0.02],
    ]
    starts = [0, 1, 5, 4, 1]
    ends = [1, 2, 4, 3, 3]
    labels = [1, 1, 1, 1, 0]
  }

  /// Tracks that keep their azimuth, and false edges between neighbours, over four layers.
  public init(tracks: Int, seed: UInt64) {
    var random = SeededGenerator(state: seed)
    (nodes, starts, ends, labels) = ([], [], [], [])
    for track in 0..<tracks {
      let (phi, slope) = (
        Float.random(in: -1...1, using: &random), Float.random(in: -1...1, using: &random)
      )
      for r in [0.032, 0.072, 0.116, 0.172] as [Float] {
        let node = Int64(nodes.count)
        nodes.append([r, phi, slope * r])
        guard r > 0.032 else { continue }
        starts.append(node - 1)
        ends.append(node)
        labels.append(1)
        guard track > 0 else { continue }
        starts.append(node - 5)
        ends.append(node)
        labels.append(0)
      }
    }
  }

  public var members: [(name: String, content: [UInt8])] {
    let edges = starts.indices.map { Int64($0) }
    // The real files hold X in Fortran order, which makes no difference to the rest.
    let columns = (0..<3).flatMap { column in nodes.map { $0[column] } }
    let arrays = [
      ("X", NumPyFile.array("<f4", columns, shape: [nodes.count, 3], fortranOrder: true)),
      ("y", NumPyFile.array("<f4", labels)), ("Ri_rows", NumPyFile.array("<i8", ends)),
      ("Ri_cols", NumPyFile.array("<i8", edges)), ("Ro_rows", NumPyFile.array("<i8", starts)),
      ("Ro_cols", NumPyFile.array("<i8", edges)),
    ]
    return arrays.map { ("\($0).npy", replaced[$0] ?? $1) }.filter { !$0.1.isEmpty }
  }

  /// Writes the file and gives its path.
  public func write(
    to folder: TemporaryFolder, name: String = "event000000007_g000.npz"
  ) throws -> String {
    let path = folder.appending(name)
    try Data(NumPyFile.zip(members)).write(to: URL(filePath: path))
    return path
  }
}

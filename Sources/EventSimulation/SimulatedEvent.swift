import EventData

/// A whole event made here: what was measured, and what happened.
public struct SimulatedEvent: Sendable, Equatable {
  public let id: Int
  /// Sorted by volume, layer and module; numbered 1 to n.
  public var hits = HitTable()
  /// Row i belongs to row i of the hits; noise has particle 0, no momentum, and passed where it was measured.
  public var truth = TruthTable()
  /// Sorted by number; those without hits included.
  public var particles = ParticleTable()
  /// Sorted by hit.
  public var cells = CellTable()

  public init(id: Int) { self.id = id }

  /// Writes the event's four files into a folder that exists.
  ///
  /// - Parameter compress: writes .csv.zst files.
  /// - Throws: what `EventWriter` throws.
  public func write(toFolder folder: String, compress: Bool) throws {
    func path(_ file: EventFile) -> String {
      folder + "/" + EventFolder.fileName(of: file, event: id) + (compress ? ".zst" : "")
    }
    try EventWriter.write(hits, to: path(.hits))
    try EventWriter.write(cells, to: path(.cells))
    try EventWriter.write(particles, to: path(.particles))
    try EventWriter.write(truth, to: path(.truth))
  }
}

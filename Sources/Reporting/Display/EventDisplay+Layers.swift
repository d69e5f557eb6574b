extension EventDisplay {
  /// A layer of the detector as its outline shows it.
  public struct Layer: Sendable, Equatable {
    /// Such as "8/2" for layer 2 of volume 8.
    public var name: String
    /// Layers of one volume have one colour; 0 where there are no volumes.
    public var volume: Int
    /// Nil where nothing is known of its shape.
    public var outline: Outline?

    public init(name: String, volume: Int, outline: Outline? = nil) {
      self.name = name
      self.volume = volume
      self.outline = outline
    }
  }

  /// The shape of a layer; lengths in mm.
  public enum Outline: Sendable, Equatable {
    case barrel(radius: Double, z: ClosedRange<Double>)
    case disk(z: Double, radius: ClosedRange<Double>)
  }
}

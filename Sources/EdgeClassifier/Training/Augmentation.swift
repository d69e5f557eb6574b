import Foundation
import GraphConstruction

/// Changes of an event that leave its physics as it was, drawn anew for every event and epoch.
public struct Augmentation: Sendable, Equatable {
  /// Turns the event around the beam by a random angle.
  public var rotates: Bool
  /// Mirrors the event in z with a chance of one half.
  public var mirrors: Bool

  public init(rotates: Bool = false, mirrors: Bool = false) {
    self.rotates = rotates
    self.mirrors = mirrors
  }

  /// The change of one event in one epoch; nil for none. It follows from the three numbers alone.
  func change(seed: UInt64, epoch: Int, event: Int) -> EventChange? {
    guard rotates || mirrors else { return nil }
    var mixer = SplitMix(state: seed)
    var second = SplitMix(state: mixer.next() ^ UInt64(epoch))
    var generator = SeededGenerator(seed: second.next() ^ UInt64(event))
    let angle = (2 * Double(generator.uniform()) - 1) * Double.pi
    let mirrored = generator.uniform() < 0.5
    return EventChange(angle: rotates ? angle : 0, isMirrored: mirrors && mirrored)
  }
}

/// A rotation around the beam, and a reflection in z.
struct EventChange: Sendable, Equatable {
  /// In radians.
  var angle: Double
  var isMirrored: Bool

  /// Changes features as `HitGraph` has them, [nodes][5].
  func applied(to features: FloatBuffer) -> FloatBuffer {
    let columns = HitGraph.featureCount
    let changed = FloatBuffer(count: features.count)
    let (sine, cosine) = (Float(sin(angle)), Float(cos(angle)))
    let turn = Float(angle / Double.pi)
    for node in 0..<features.count / columns {
      let old = features.base + node * columns
      let new = changed.base + node * columns
      new[0] = cosine * old[0] - sine * old[1]
      new[1] = sine * old[0] + cosine * old[1]
      new[2] = isMirrored ? -old[2] : old[2]
      new[3] = old[3]
      var phi = old[4] + turn
      if phi > 1 { phi -= 2 }
      if phi <= -1 { phi += 2 }
      new[4] = phi
    }
    return changed
  }
}

/// A group of layers with the same kind of sensor: barrel cylinders around the beam, or disks across it.
public struct DetectorVolume: Sendable {
  public enum Shape: Sendable {
    /// Cylinders at these radii, covering |z| up to the half length; in mm.
    case barrel(radii: [Double], halfLength: Double)
    /// Disks at these z, covering rings of these bounds in r, the inner ring first; in mm.
    case disks(z: [Double], ringBounds: [Double])
  }

  public let volumeID: Int32
  public let shape: Shape
  /// Sensors around the beam: one number a cylinder, or one number a ring. All even.
  public let sensorsInPhi: [Int]
  /// Sensors along z of a cylinder; 1 for disks.
  public let sensorsAlong: Int
  /// Sensors of even number lie this much nearer to the centre than the layer, the others further, in mm.
  public let stagger: Double
  /// Thickness of the sensor in mm.
  public let thickness: Double
  /// Size of a cell across (phi) and along (z, or r of disks), in mm.
  public let pitch: (u: Double, v: Double)
  /// Standard deviation of the measured position across and along, in mm.
  public let resolution: (u: Double, v: Double)
  /// Projected scattering angle times momentum, in rad GeV/c.
  public let scattering: Double
  /// Share of the detector's noise hits that lie in the volume.
  public let noiseShare: Double

  /// Pixels measure the charge of a cell; strips only say that it was hit.
  var measuresCharge: Bool { pitch.v < 1 }

  public var layerCount: Int {
    switch shape {
    case .barrel(let radii, _): radii.count
    case .disks(let z, _): z.count
    }
  }

  /// Layers of a volume carry even numbers from 2 on.
  public static func layerID(_ index: Int) -> Int32 { Int32(2 * index + 2) }
}

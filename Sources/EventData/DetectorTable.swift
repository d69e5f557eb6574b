/// The modules of the detector: where each stands, how it is turned, its size and pitch.
///
/// A place (u, v, w) on a module is at centre + rotation * (u, v, w). Lengths in mm. Source: the
/// TrackML challenge's detectors.csv.
public struct DetectorTable: Sendable, Equatable {
  public var volumeID: [Int32] = []
  public var layerID: [Int32] = []
  public var moduleID: [Int32] = []
  /// Centre of the module.
  public var cx: [Double] = []
  public var cy: [Double] = []
  public var cz: [Double] = []
  /// Rotation matrix row by row (xu, xv, xw, yu, yv, yw, zu, zv, zw), nine numbers a module.
  public var rotation: [Double] = []
  /// The column module_t; the sensors are that thick in the barrel and twice that in the endcaps.
  public var thickness: [Double] = []
  /// Half width along u at the lower and at the upper end in v.
  public var minimumHalfWidth: [Double] = []
  public var maximumHalfWidth: [Double] = []
  /// Half length along v.
  public var halfLength: [Double] = []
  /// Size of a cell along u (channel 0) and v (channel 1).
  public var pitchU: [Double] = []
  public var pitchV: [Double] = []

  public init() {}

  public var count: Int { moduleID.count }

  /// The names of the nine rotation columns in the order of `rotation`.
  static let rotationColumns = [
    "rot_xu", "rot_xv", "rot_xw", "rot_yu", "rot_yv", "rot_yw", "rot_zu", "rot_zv", "rot_zw",
  ]
}

import EventData

/// One flat sensor of the detector: its ids, where it stands, how it is turned and how it is divided into cells.
///
/// A place (u, v, w) on it is at `centre + u * axisU + v * axisV + w * axisW`; w is along its normal. Lengths
/// in mm. Source: the columns of the TrackML challenge's detectors.csv.
public struct SensorModule: Sendable, Equatable {
  public var volume: Int32
  public var layer: Int32
  public var module: Int32
  public var centre: SIMD3<Double>
  /// Unit vectors, the columns of the table's rotation.
  public var axisU: SIMD3<Double>
  public var axisV: SIMD3<Double>
  public var axisW: SIMD3<Double>
  /// The column module_t; what it means for the sensor's depth see `halfDepth`.
  public var thickness: Double
  /// Half width along u at the lower and at the upper end in v.
  public var minimumHalfU: Double
  public var maximumHalfU: Double
  /// Half length along v.
  public var halfV: Double
  /// Size of a cell along u (channel 0) and v (channel 1).
  public var pitchU: Double
  public var pitchV: Double

  /// Whether the sensor stands along the beam; those of the endcaps stand across it.
  public var isBarrel: Bool { Self.isBarrel(volume: volume) }

  /// Half the depth of the sensor along w, in mm.
  ///
  /// The clusters of the challenge's cells show sensors that are module_t deep in the barrel and twice that
  /// in the endcaps.
  public var halfDepth: Double { isBarrel ? thickness / 2 : thickness }

  static func isBarrel(volume: Int32) -> Bool { volume == 8 || volume == 13 || volume == 17 }
}

extension SensorModule {
  /// The module in one row of the challenge's table.
  public init(_ table: DetectorTable, row: Int) {
    func column(_ place: Int) -> SIMD3<Double> {
      let start = 9 * row + place
      return SIMD3(table.rotation[start], table.rotation[start + 3], table.rotation[start + 6])
    }
    self.init(
      volume: table.volumeID[row], layer: table.layerID[row], module: table.moduleID[row],
      centre: SIMD3(table.cx[row], table.cy[row], table.cz[row]),
      axisU: column(0), axisV: column(1), axisW: column(2), thickness: table.thickness[row],
      minimumHalfU: table.minimumHalfWidth[row], maximumHalfU: table.maximumHalfWidth[row],
      halfV: table.halfLength[row], pitchU: table.pitchU[row], pitchV: table.pitchV[row])
  }
}

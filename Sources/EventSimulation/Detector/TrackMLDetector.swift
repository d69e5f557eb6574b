/// The detector of the TrackML challenge: 18,728 sensors in ten barrel layers and 38 disks.
///
/// Counts, radii, tilts, staggers, pitches and sizes are read off the challenge's detectors.csv, which they
/// reproduce: ids and sizes exactly, centres within 0.01 mm, rotations within 1e-5.
public enum TrackMLDetector {
  /// All sensors, by volume, layer and module.
  public static let modules: [SensorModule] =
    (barrelLayers.map { (volume: $0.volume, modules: $0.modules) }
    + diskLayers.map { (volume: $0.volume, modules: $0.modules) })
    .enumerated()
    .sorted { ($0.element.volume, $0.offset) < ($1.element.volume, $1.offset) }
    .flatMap(\.element.modules)

  static let barrelLayers: [BarrelLayer] =
    barrel(
      8, radii: [32, 72, 116, 172], sensorsInPhi: [16, 32, 52, 78], stagger: 0.25,
      rows: 14, rowPitch: 70, tilt: 0.14, .pixel)
    + barrel(
      13, radii: [260, 360, 500, 660], sensorsInPhi: [40, 56, 78, 102], stagger: 1.5,
      rows: 21, rowPitch: 103, tilt: -0.15, .shortStrip)
    + barrel(
      17, radii: [820, 1020], sensorsInPhi: [120, 152], stagger: 1.5,
      rows: 21, rowPitch: 103, tilt: -0.15, .longStrip)

  static let diskLayers: [DiskLayer] =
    endcaps(
      7, 9, z: [600, 700, 820, 960, 1100, 1300, 1500],
      rings: [
        DiskRing(
          radius: 66, sensorsInPhi: 40, offset: 0, stagger: 2.25, pairStagger: 0.25,
          design: .pixel),
        DiskRing(radius: 140, sensorsInPhi: 68, offset: 0, stagger: 2, design: .pixel),
      ], DiskNumbering(sectors: 40, start: 0))
    + endcaps(
      12, 14, z: stripDisks,
      rings: [
        DiskRing(
          radius: 318, sensorsInPhi: 54, offset: -3, stagger: 1.5,
          design: .shortStrip(halfU: 16.4...24.2)),
        DiskRing(
          radius: 470, sensorsInPhi: 56, offset: 3, stagger: 1.5,
          design: .shortStrip(halfU: 24.2...32.2)),
        DiskRing(
          radius: 622, sensorsInPhi: 60, offset: -3, stagger: 1.5,
          design: .shortStrip(halfU: 32.2...40)),
      ], DiskNumbering(sectors: 294, start: 0.21))
    + endcaps(
      16, 18, z: stripDisks,
      rings: [
        DiskRing(
          radius: 828, sensorsInPhi: 48, offset: -4, stagger: 1.5,
          design: .longStrip(halfU: 54...64.2)),
        DiskRing(
          radius: 942, sensorsInPhi: 50, offset: 4, stagger: 1.5,
          design: .longStrip(halfU: 66...72)),
      ], DiskNumbering(sectors: 145, start: 0.48))

  private static let stripDisks = [1220.0, 1500, 1800, 2150, 2550, 2950]

  /// The layers of a barrel; they are numbered 2, 4, 6 and so on outwards.
  private static func barrel(
    _ volume: Int32, radii: [Double], sensorsInPhi: [Int], stagger: Double, rows: Int,
    rowPitch: Double, tilt: Double, _ design: SensorDesign
  ) -> [BarrelLayer] {
    zip(radii, sensorsInPhi).enumerated().map { index, layer in
      BarrelLayer(
        volume: volume, layer: Int32(2 * index + 2), radius: layer.0, stagger: stagger,
        sensorsInPhi: layer.1, rows: rows, rowPitch: rowPitch, tilt: tilt, design: design)
    }
  }

  /// The disks of two endcaps that mirror each other; they are numbered 2, 4, 6 and so on towards positive z.
  private static func endcaps(
    _ negative: Int32, _ positive: Int32, z: [Double], rings: [DiskRing],
    _ numbering: DiskNumbering
  ) -> [DiskLayer] {
    func disks(_ volume: Int32, _ z: [Double]) -> [DiskLayer] {
      z.enumerated().map { index, z in
        DiskLayer(
          volume: volume, layer: Int32(2 * index + 2), z: z, rings: rings, numbering: numbering)
      }
    }
    return disks(negative, z.reversed().map { -$0 }) + disks(positive, z)
  }
}

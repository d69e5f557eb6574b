extension DetectorVolume {
  /// The detector of the TrackML challenge with idealised layers.
  ///
  /// Radii, positions, sensor counts, thicknesses and pitches come from the challenge's detector description
  /// (detectors.csv): mean radius or z of a layer's modules, extents of their corners. Tilts are left out.
  public static let trackML: [DetectorVolume] = [
    pixelDisks(7, z: [-1500, -1300, -1100, -960, -820, -700, -600], noiseShare: 0.040),
    DetectorVolume(
      volumeID: 8, shape: .barrel(radii: [32, 72, 116, 172], halfLength: 491),
      sensorsInPhi: [16, 32, 52, 78], sensorsAlong: 14, stagger: 0.25, thickness: 0.3,
      pitch: (0.05, 0.05625), resolution: (0.010, 0.012), scattering: 0.0013, noiseShare: 0.117),
    pixelDisks(9, z: [600, 700, 820, 960, 1100, 1300, 1500], noiseShare: 0.043),
    shortStripDisks(12, z: [-2950, -2550, -2150, -1800, -1500, -1220], noiseShare: 0.060),
    DetectorVolume(
      volumeID: 13, shape: .barrel(radii: [260, 360, 500, 660], halfLength: 1084),
      sensorsInPhi: [40, 56, 78, 102], sensorsAlong: 21, stagger: 1.5, thickness: 0.5,
      pitch: (0.08, 1.2), resolution: (0.022, 0.35), scattering: 0.0019, noiseShare: 0.280),
    shortStripDisks(14, z: [1220, 1500, 1800, 2150, 2550, 2950], noiseShare: 0.062),
    longStripDisks(16, z: [-2950, -2550, -2150, -1800, -1500, -1220], noiseShare: 0.031),
    DetectorVolume(
      volumeID: 17, shape: .barrel(radii: [820, 1020], halfLength: 1084),
      sensorsInPhi: [120, 152], sensorsAlong: 21, stagger: 1.5, thickness: 0.7,
      pitch: (0.12, 10.8), resolution: (0.030, 3.1), scattering: 0.0025, noiseShare: 0.333),
    longStripDisks(18, z: [1220, 1500, 1800, 2150, 2550, 2950], noiseShare: 0.034),
  ]

  private static func pixelDisks(
    _ volumeID: Int32, z: [Double], noiseShare: Double
  ) -> DetectorVolume {
    DetectorVolume(
      volumeID: volumeID, shape: .disks(z: z, ringBounds: [31, 104, 176]),
      sensorsInPhi: [40, 68], sensorsAlong: 1, stagger: 2, thickness: 0.6,
      pitch: (0.05, 0.05625), resolution: (0.015, 0.012), scattering: 0.0005,
      noiseShare: noiseShare)
  }

  private static func shortStripDisks(
    _ volumeID: Int32, z: [Double], noiseShare: Double
  ) -> DetectorVolume {
    DetectorVolume(
      volumeID: volumeID, shape: .disks(z: z, ringBounds: [240, 394, 546, 701]),
      sensorsInPhi: [54, 56, 60], sensorsAlong: 1, stagger: 3, thickness: 1.0,
      pitch: (0.08, 1.2), resolution: (0.021, 0.35), scattering: 0.0018, noiseShare: noiseShare)
  }

  private static func longStripDisks(
    _ volumeID: Int32, z: [Double], noiseShare: Double
  ) -> DetectorVolume {
    DetectorVolume(
      volumeID: volumeID, shape: .disks(z: z, ringBounds: [752, 885, 1022]),
      sensorsInPhi: [48, 50], sensorsAlong: 1, stagger: 3, thickness: 1.4,
      pitch: (0.12, 10.4), resolution: (0.035, 3.0), scattering: 0.0025, noiseShare: noiseShare)
  }
}

/// Writes the tables of an event as CSV files in the challenge's form; the suffix .zst compresses
/// them.
///
/// A file is whole under its name or not there. Doubles are written with the fewest digits that
/// read back as the same number. Every function throws `EventDataError.unwritable`.
public enum EventWriter {
  public static func write(_ hits: HitTable, to path: String) throws {
    var file = CSVWriter()
    file.add("hit_id", hits.hitID)
    file.add("x", hits.x)
    file.add("y", hits.y)
    file.add("z", hits.z)
    file.add("volume_id", hits.volumeID)
    file.add("layer_id", hits.layerID)
    file.add("module_id", hits.moduleID)
    try file.write(to: path)
  }

  public static func write(_ truth: TruthTable, to path: String) throws {
    var file = CSVWriter()
    file.add("hit_id", truth.hitID)
    file.add("particle_id", truth.particleID)
    file.add("tx", truth.tx)
    file.add("ty", truth.ty)
    file.add("tz", truth.tz)
    file.add("tpx", truth.tpx)
    file.add("tpy", truth.tpy)
    file.add("tpz", truth.tpz)
    file.add("weight", truth.weight)
    try file.write(to: path)
  }

  /// Writes particles; the column particle_type only where the table has it.
  public static func write(_ particles: ParticleTable, to path: String) throws {
    var file = CSVWriter()
    file.add("particle_id", particles.particleID)
    if !particles.particleType.isEmpty { file.add("particle_type", particles.particleType) }
    file.add("vx", particles.vx)
    file.add("vy", particles.vy)
    file.add("vz", particles.vz)
    file.add("px", particles.px)
    file.add("py", particles.py)
    file.add("pz", particles.pz)
    file.add("q", particles.charge)
    file.add("nhits", particles.hitCount)
    try file.write(to: path)
  }

  public static func write(_ cells: CellTable, to path: String) throws {
    var file = CSVWriter()
    file.add("hit_id", cells.hitID)
    file.add("ch0", cells.channel0)
    file.add("ch1", cells.channel1)
    file.add("value", cells.value)
    try file.write(to: path)
  }

  /// Writes a submission; the column event_id only where the table has it, or has no rows at all.
  public static func write(_ submission: SubmissionTable, to path: String) throws {
    var file = CSVWriter()
    if !submission.eventID.isEmpty || submission.count == 0 {
      file.add("event_id", submission.eventID)
    }
    file.add("hit_id", submission.hitID)
    file.add("track_id", submission.trackID)
    try file.write(to: path)
  }

  public static func write(_ modules: DetectorTable, to path: String) throws {
    guard modules.rotation.count == 9 * modules.count else {
      throw EventDataError.unwritable(
        file: path, reason: "the rotation has \(modules.rotation.count) numbers, not nine a module")
    }
    var file = CSVWriter()
    file.add("volume_id", modules.volumeID)
    file.add("layer_id", modules.layerID)
    file.add("module_id", modules.moduleID)
    file.add("cx", modules.cx)
    file.add("cy", modules.cy)
    file.add("cz", modules.cz)
    for (place, name) in DetectorTable.rotationColumns.enumerated() {
      file.add(name, (0..<modules.count).map { modules.rotation[9 * $0 + place] })
    }
    file.add("module_t", modules.thickness)
    file.add("module_minhu", modules.minimumHalfWidth)
    file.add("module_maxhu", modules.maximumHalfWidth)
    file.add("module_hv", modules.halfLength)
    file.add("pitch_u", modules.pitchU)
    file.add("pitch_v", modules.pitchV)
    try file.write(to: path)
  }
}

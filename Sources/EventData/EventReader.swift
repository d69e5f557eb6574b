/// Reads the tables of an event from CSV files, plain or compressed (.gz, .zst).
///
/// Columns are found by their names in the header; columns that are not known are passed over.
/// Lines end in LF or CR LF. Everything that does not fit is an `EventDataError` with its file,
/// line and column.
public enum EventReader {
  /// Reads the measured hits; at least one, each with its own number above 0.
  public static func hits(at path: String) throws -> HitTable {
    let table = try CSVTable(path: path, schema: schema(of: .hits))
    try table.requireRows()
    var hits = HitTable()
    hits.hitID = table.int32("hit_id")
    hits.x = table.double("x")
    hits.y = table.double("y")
    hits.z = table.double("z")
    hits.volumeID = table.int32("volume_id")
    hits.layerID = table.int32("layer_id")
    hits.moduleID = table.int32("module_id")
    try table.requireDistinct(hits.hitID, column: "hit_id")
    return hits
  }

  /// Reads the truth; at least one row, each for a hit of its own.
  public static func truth(at path: String) throws -> TruthTable {
    let table = try CSVTable(path: path, schema: schema(of: .truth))
    try table.requireRows()
    var truth = TruthTable()
    truth.hitID = table.int32("hit_id")
    truth.particleID = table.int64("particle_id")
    truth.tx = table.double("tx")
    truth.ty = table.double("ty")
    truth.tz = table.double("tz")
    truth.tpx = table.double("tpx")
    truth.tpy = table.double("tpy")
    truth.tpz = table.double("tpz")
    truth.weight = table.double("weight")
    try table.requireDistinct(truth.hitID, column: "hit_id")
    return truth
  }

  /// Reads the particles; none is allowed, each has its own number.
  public static func particles(at path: String) throws -> ParticleTable {
    let table = try CSVTable(path: path, schema: schema(of: .particles))
    var particles = ParticleTable()
    particles.particleID = table.int64("particle_id")
    particles.particleType = table.int32("particle_type")
    particles.vx = table.double("vx")
    particles.vy = table.double("vy")
    particles.vz = table.double("vz")
    particles.px = table.double("px")
    particles.py = table.double("py")
    particles.pz = table.double("pz")
    particles.charge = table.int32("q")
    particles.hitCount = table.int32("nhits")
    try table.requireDistinct(particles.particleID, column: "particle_id")
    return particles
  }

  /// Reads the cells; none is allowed.
  public static func cells(at path: String) throws -> CellTable {
    let table = try CSVTable(path: path, schema: schema(of: .cells))
    var cells = CellTable()
    cells.hitID = table.int32("hit_id")
    cells.channel0 = table.int32("ch0")
    cells.channel1 = table.int32("ch1")
    cells.value = table.double("value")
    return cells
  }

  /// Reads a submission; a header alone is one without tracks.
  public static func submission(at path: String) throws -> SubmissionTable {
    let table = try CSVTable(path: path, schema: submissionSchema)
    var submission = SubmissionTable()
    submission.eventID = table.int32("event_id")
    submission.hitID = table.int32("hit_id")
    submission.trackID = table.int64("track_id")
    return submission
  }

  /// Reads the detector's modules; at least one.
  public static func detectors(at path: String) throws -> DetectorTable {
    let table = try CSVTable(path: path, schema: detectorSchema)
    try table.requireRows()
    var modules = DetectorTable()
    modules.volumeID = table.int32("volume_id")
    modules.layerID = table.int32("layer_id")
    modules.moduleID = table.int32("module_id")
    modules.cx = table.double("cx")
    modules.cy = table.double("cy")
    modules.cz = table.double("cz")
    let rotation = DetectorTable.rotationColumns.map { table.double($0) }
    modules.rotation = (0..<table.rowCount).flatMap { row in rotation.map { $0[row] } }
    modules.thickness = table.double("module_t")
    modules.minimumHalfWidth = table.double("module_minhu")
    modules.maximumHalfWidth = table.double("module_maxhu")
    modules.halfLength = table.double("module_hv")
    modules.pitchU = table.double("pitch_u")
    modules.pitchV = table.double("pitch_v")
    let keys = (0..<modules.count).map { row in
      "\(modules.volumeID[row])/\(modules.layerID[row])/\(modules.moduleID[row])"
    }
    try table.requireDistinct(keys, column: "module_id")
    return modules
  }
}

import CNumericKernels
import EdgeClassifier
import EventData
import Foundation

/// The hits of one event with all that the search for tracks needs of each: place, module, cluster
/// and field, in one record of `TFK_HIT_SIZE` floats.
public struct DetectorHits: Sendable {
  /// As submissions name them, [hits].
  public let hitID: [Int32]
  /// Layer in the geometry, [hits].
  public let layer: [Int32]
  /// Row of the module in the geometry's table, [hits].
  public let module: [Int32]
  public let layerCount: Int
  /// Whether the clusters are known; where they are not, networks see their mean in place of them.
  public let hasClusters: Bool
  let records: FloatBuffer

  public var count: Int { hitID.count }

  static let recordSize = Int(TFK_HIT_SIZE)
  /// Shorter layers along z are disks.
  static let barrelLength: Float = 100

  /// - Parameters:
  ///   - cells: without them every cluster is one cell without charge.
  ///   - field: where the data set declares one, else 2 T everywhere.
  /// - Throws: `ReconstructionError` for a hit on an unknown module or at an impossible place.
  public init(
    hits: HitTable, cells: CellTable?, geometry: DetectorGeometry, field: DetectorField,
    threads: Int = 1
  ) throws(ReconstructionError) {
    hitID = hits.hitID
    layerCount = geometry.layerCount
    hasClusters = cells != nil
    var layer = [Int32](repeating: 0, count: hits.count)
    var module = layer
    for hit in 0..<hits.count {
      guard
        let row = geometry.row(
          volume: hits.volumeID[hit], layer: hits.layerID[hit], module: hits.moduleID[hit])
      else {
        throw .unknownModule(
          hit: hits.hitID[hit], volume: hits.volumeID[hit], layer: hits.layerID[hit],
          module: hits.moduleID[hit])
      }
      guard abs(hits.x[hit]) < 1e5, abs(hits.y[hit]) < 1e5, abs(hits.z[hit]) < 1e5 else {
        throw .impossiblePlace(hit: hits.hitID[hit])
      }
      layer[hit] = geometry.layerOfModule[Int(row)]
      module[hit] = row
    }
    self.layer = layer
    self.module = module
    records = FloatBuffer(count: hits.count * Self.recordSize)
    let shapes = cells.map { ClusterShapes(hitID: hits.hitID, cells: $0) }
    let frames = ModuleFrames(geometry.modules)
    let parts = blocks(of: hits.count, size: 4096)
    let records = records
    forEach(parts.count, threads: threads) { part in
      for hit in parts[part] {
        let record = records.base + hit * Self.recordSize
        Self.place(SIMD3(hits.x[hit], hits.y[hit], hits.z[hit]), field, in: record)
        frames.put(Int(module[hit]), in: record)
        Self.cluster(shapes, hit, thickness: frames.thickness(Int(module[hit])), in: record)
      }
    }
    markBarrels()
  }

  /// Hits as they were stored; `records` is [hits][TFK_HIT_SIZE].
  public init(hitID: [Int32], layer: [Int32], module: [Int32], layerCount: Int, records: [Float]) {
    precondition(records.count == hitID.count * Self.recordSize, "records of other hits")
    self.hitID = hitID
    self.layer = layer
    self.module = module
    self.layerCount = layerCount
    hasClusters = true
    self.records = FloatBuffer(records)
  }

  /// The records as an array, to store them.
  public var storedRecords: [Float] { records.array(first: count * Self.recordSize) }

  @inline(__always)
  func value(_ hit: Int, _ field: HitField) -> Float {
    records.base[hit * Self.recordSize + field.rawValue]
  }

  @inline(__always)
  func record(_ hit: Int) -> UnsafePointer<Float> {
    UnsafePointer(records.base + hit * Self.recordSize)
  }

  private static func place(
    _ place: SIMD3<Double>, _ field: DetectorField, in record: UnsafeMutablePointer<Float>
  ) {
    let r = (place.x * place.x + place.y * place.y).squareRoot()
    record[.x] = Float(place.x)
    record[.y] = Float(place.y)
    record[.z] = Float(place.z)
    record[.r] = Float(max(r, 1e-3))
    record[.phi] = atan2(Float(place.y), Float(place.x))
    let scale = field.strength == 0 ? 0 : 1 / field.strength
    let own = field.field(at: place) * scale
    record[.bx] = Float(own.x)
    record[.by] = Float(own.y)
    record[.bz] = Float(own.z)
    // A chord's curvature weighs the field on the way out by the distance.
    var sum = 0.0
    for step in 0..<10 {
      let share = (Double(step) + 0.5) / 10
      let b = field.field(at: place * share) * scale
      let lost = r > 0 ? place.z / (r * r) * (b.x * place.x + b.y * place.y) : 0
      sum += share * (b.z - lost)
    }
    record[.bend] = Float(sum / 5)
  }

  private static func cluster(
    _ shapes: ClusterShapes?, _ hit: Int, thickness: Float,
    in record: UnsafeMutablePointer<Float>
  ) {
    let lean = shapes?.lean[hit] ?? 0
    record[.sizeU] = logf(0.5 + (shapes?.sizeU[hit] ?? 1))
    record[.sizeV] = logf(0.5 + (shapes?.sizeV[hit] ?? 1))
    record[.charge] = logf((shapes?.charge[hit] ?? 0) + 1e-3) - logf(thickness)
    record[.lean] = lean == 0 ? 0 : lean > 0 ? 1 : -1
  }

  private func markBarrels() {
    var low = [Float](repeating: .infinity, count: layerCount)
    var high = [Float](repeating: -.infinity, count: layerCount)
    for hit in 0..<count {
      let z = value(hit, .z)
      low[Int(layer[hit])] = min(low[Int(layer[hit])], z)
      high[Int(layer[hit])] = max(high[Int(layer[hit])], z)
    }
    for hit in 0..<count {
      let place = Int(layer[hit])
      records.base[hit * Self.recordSize + HitField.barrel.rawValue] =
        high[place] - low[place] > Self.barrelLength ? 1 : 0
    }
  }
}

/// Places in a hit's record.
enum HitField: Int {
  case x, y, z, r, phi, bx, by, bz, bend, ux, uy, uz, vx, vy, vz, wx, wy, wz, depthU, depthV, sizeU,
    sizeV, charge, lean, pitchV, barrel
}

extension UnsafeMutablePointer<Float> {
  fileprivate subscript(field: HitField) -> Float {
    get { self[field.rawValue] }
    nonmutating set { self[field.rawValue] = newValue }
  }
}

/// The modules' axes, thickness and pitch as hits take them.
struct ModuleFrames {
  private let modules: DetectorTable

  init(_ modules: DetectorTable) { self.modules = modules }

  func thickness(_ module: Int) -> Float { Float(modules.thickness[module]) }

  func put(_ module: Int, in record: UnsafeMutablePointer<Float>) {
    // The rotation's columns are the axes u, v, w; it stands row by row.
    for axis in 0..<3 {
      for row in 0..<3 {
        record[HitField.ux.rawValue + 3 * axis + row] = Float(
          modules.rotation[9 * module + 3 * row + axis])
      }
    }
    record[.depthU] = Float(modules.thickness[module] / modules.pitchU[module])
    record[.depthV] = Float(modules.thickness[module] / modules.pitchV[module])
    record[.pitchV] = Float(modules.pitchV[module])
  }
}

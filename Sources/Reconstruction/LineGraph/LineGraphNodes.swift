import CNumericKernels
import EdgeClassifier

/// The doublets that some triplets join, as nodes of their line graph.
struct LineGraphNodes {
  /// Doublet of each node, increasing, [nodes].
  let doublet: [Int32]
  /// Node of each triplet's first and second doublet, [triplets].
  let start: [Int32]
  let end: [Int32]
  /// Nodes with one start hit have one number, and so with the end hits, [nodes].
  let startGroup: [Int32]
  let endGroup: [Int32]

  var count: Int { doublet.count }

  init(of triplets: TripletSet, doublets: DoubletGraph, hits: Int) {
    var node = [Int32](repeating: -1, count: doublets.count)
    for index in triplets.first { node[Int(index)] = 0 }
    for index in triplets.second { node[Int(index)] = 0 }
    var doublet: [Int32] = []
    for index in node.indices where node[index] == 0 {
      node[index] = Int32(doublet.count)
      doublet.append(Int32(index))
    }
    self.doublet = doublet
    start = triplets.first.map { node[Int($0)] }
    end = triplets.second.map { node[Int($0)] }
    startGroup = Self.numbered(doublet.map { doublets.from[Int($0)] }, hits: hits)
    endGroup = Self.numbered(doublet.map { doublets.to[Int($0)] }, hits: hits)
  }

  /// Numbers from 0 in the order in which the hits first come.
  private static func numbered(_ hit: [Int32], hits: Int) -> [Int32] {
    var number = [Int32](repeating: -1, count: hits)
    var next: Int32 = 0
    return hit.map { hit in
      if number[Int(hit)] < 0 {
        number[Int(hit)] = next
        next += 1
      }
      return number[Int(hit)]
    }
  }

  /// [nodes][LineGraphFeatures.node].
  func features(
    _ doublets: DoubletGraph, hits: DetectorHits, turns: Bool, kernels: Kernels, threads: Int
  ) -> FloatBuffer {
    let size = RowInference.tile
    let (own, width) = (DoubletFeatures.count, LineGraphFeatures.node)
    let rows = FloatBuffer(count: count * width)
    let from = doublet.map { doublets.from[Int($0)] }
    let to = doublet.map { doublets.to[Int($0)] }
    let value = doublet.map { doublets.value[Int($0)] }
    from.withUnsafeBufferPointer { from in
      to.withUnsafeBufferPointer { to in
        value.withUnsafeBufferPointer { value in
          // Read by all threads, written by none.
          nonisolated(unsafe) let all = tfk_doublets(
            hits: hits.records.base, from: from.baseAddress, to: to.baseAddress,
            value: value.baseAddress, turns: turns ? 1 : 0, places_only: 0)
          rows.fill(count, columns: width, threads: threads) { run, tile in
            var part = all.advanced(by: run.lowerBound)
            kernels.table.pointee.doublet_features(
              &part, Int64(run.count), Int64(size), tile, nil, nil, nil)
            for row in 0..<run.count {
              tile[own * size + row] = doublets.score[Int(doublet[run.lowerBound + row])]
            }
            for (place, column) in LineGraphFeatures.repeated.enumerated() {
              (tile + (own + 1 + place) * size).update(from: tile + column * size, count: run.count)
            }
          }
        }
      }
    }
    return rows
  }
}

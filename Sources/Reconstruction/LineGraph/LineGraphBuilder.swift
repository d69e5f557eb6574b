import CNumericKernels
import EdgeClassifier

/// The features of the line graph: its nodes are doublets, its links are triplets.
public enum LineGraphFeatures {
  /// A doublet's own, the edge filter's logit, and again |curvature|, z0 and slope as the doublet's
  /// own scale them.
  public static let node = DoubletFeatures.count + 4
  /// A triplet's own and the perceptron's logit.
  public static let link = TripletFeatures.count + 1

  /// Columns of a doublet's features that stand twice.
  static let repeated = [1, 2, 4]
  /// z0 and slope, and the triplet's change of slope.
  package static let mirror = MirroredColumns(
    node: [2, 4, DoubletFeatures.count + 2, DoubletFeatures.count + 3], edge: [6, 30])
}

/// Makes the graph over an event's doublets whose links are the triplets that a perceptron kept.
///
/// Only doublets of such a triplet are nodes, in their order. Groups are those that start at one hit
/// and those that end at one. The perceptron's logit is what the network's is added to.
public struct LineGraphBuilder: Sendable {
  /// As the doublets' filter has it.
  public var turns: Bool

  public init(turns: Bool) { self.turns = turns }

  /// - Parameter triplets: in the order of their first doublet, scored by the perceptron.
  public func graph(
    of triplets: TripletSet, doublets: DoubletGraph, hits: DetectorHits,
    kernels: Kernels = .current, threads: Int = 1
  ) -> MessageGraph {
    graph(of: triplets, doublets, hits, label: nil, weights: nil, kernels, threads)
  }

  /// The same with what a training is told of the links.
  ///
  /// - Parameter meanWeight: of a particle's hit in the training events.
  public func graph(
    of triplets: TripletSet, doublets: DoubletGraph, event: TrainingEvent, meanWeight: Float,
    kernels: Kernels = .current, threads: Int = 1
  ) -> MessageGraph {
    let truth = TripletTruth(event.truth, graph: doublets, meanWeight: meanWeight)
    var label = [UInt8](repeating: 0, count: triplets.count)
    var weight = [Float](repeating: 1, count: triplets.count)
    for link in 0..<triplets.count {
      let (a, b) = (triplets.first[link], triplets.second[link])
      guard truth.isTrue(a, b) else { continue }
      label[link] = 1
      weight[link] = truth.worth(a, b)
    }
    return graph(
      of: triplets, doublets, event.hits, label: label,
      weights: EdgeWeights(values: weight, label: label), kernels, threads)
  }

  private func graph(
    of triplets: TripletSet, _ doublets: DoubletGraph, _ hits: DetectorHits, label: [UInt8]?,
    weights: EdgeWeights?, _ kernels: Kernels, _ threads: Int
  ) -> MessageGraph {
    let nodes = LineGraphNodes(of: triplets, doublets: doublets, hits: hits.count)
    return MessageGraph(
      nodeCount: nodes.count, nodeInputs: LineGraphFeatures.node,
      nodeFeatures: nodes.features(
        doublets, hits: hits, turns: turns, kernels: kernels, threads: threads),
      start: nodes.start, end: nodes.end, edgeInputs: LineGraphFeatures.link,
      edgeFeatures: triplets.linkFeatures(
        doublets, hits: hits, turns: turns, kernels: kernels, threads: threads),
      label: label ?? [UInt8](repeating: 0, count: triplets.count),
      groups: [nodes.startGroup, nodes.endGroup], initialLogit: FloatBuffer(triplets.score),
      weights: weights, mirror: LineGraphFeatures.mirror)
  }
}

extension TripletSet {
  /// [triplets][LineGraphFeatures.link].
  func linkFeatures(
    _ doublets: DoubletGraph, hits: DetectorHits, turns: Bool, kernels: Kernels, threads: Int
  ) -> FloatBuffer {
    let width = LineGraphFeatures.link
    let walk = TripletWalk(
      graph: doublets, hits: hits, limits: nil, isRich: false, turns: turns, kernels: kernels,
      threads: threads)
    let rows = FloatBuffer(count: count * width)
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        score.withUnsafeBufferPointer { score in
          guard let first = first.baseAddress, let second = second.baseAddress,
            let score = score.baseAddress
          else { return }
          // Read by all threads, written by none.
          nonisolated(unsafe) let columns = (first: first, second: second, score: score)
          rows.fill(count, columns: width, threads: threads) { run, tile in
            let at = run.lowerBound
            walk.features(
              .init(first: columns.first + at, second: columns.second + at, count: run.count),
              into: tile)
            for row in 0..<run.count {
              tile[TripletFeatures.count * RowInference.tile + row] = columns.score[at + row]
            }
          }
        }
      }
    }
    return rows
  }
}

extension FloatBuffer {
  /// Fills rows from tiles that stand feature by feature, [columns][RowInference.tile].
  func fill(
    _ count: Int, columns: Int, threads: Int,
    _ put: (_ rows: Range<Int>, _ tile: UnsafeMutablePointer<Float>) -> Void
  ) {
    let size = RowInference.tile
    let parts = blocks(of: count, size: 64 * size)
    let tiles = (0..<workerCount(of: parts.count, threads: threads)).map { _ in
      FloatBuffer(count: columns * size)
    }
    forEach(parts.count, threads: threads) { part, worker in
      let tile = tiles[worker].base
      for first in stride(from: parts[part].lowerBound, to: parts[part].upperBound, by: size) {
        let rows = first..<min(first + size, parts[part].upperBound)
        put(rows, tile)
        for row in 0..<rows.count {
          let out = base + (first + row) * columns
          for column in 0..<columns { out[column] = tile[column * size + row] }
        }
      }
    }
  }
}

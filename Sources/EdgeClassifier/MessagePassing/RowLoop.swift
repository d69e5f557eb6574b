/// Some rows that go through a perceptron together, so that what lies between stays in the cache.
struct RowTile {
  let first: Int
  let count: Int
  /// The block that the tile belongs to: it sums gradients apart from the others.
  let block: Int
  /// Who works on it: scratch is the worker's own.
  let worker: Int

  var rows: Range<Int> { first..<first + count }
}

/// Rows cut into blocks, and those into tiles, by their number alone.
///
/// Blocks sum apart from each other and are added up in their order, so the number of threads
/// changes no bit.
struct RowLoop {
  static let tileRows = 192
  static let maximumBlocks = 32

  let rows: Int
  let blocks: [Range<Int>]

  init(rows: Int) {
    self.rows = rows
    let tiles = (rows + Self.tileRows - 1) / Self.tileRows
    let count = max(1, min(Self.maximumBlocks, rows / 1024))
    blocks = (0..<count).map { block in
      let low = tiles * block / count * Self.tileRows
      return low..<max(low, min(rows, tiles * (block + 1) / count * Self.tileRows))
    }
  }

  func workers(threads: Int) -> Int { workerCount(of: blocks.count, threads: threads) }

  /// Calls the body for every tile; those of a block one after the other.
  func run(threads: Int, _ body: (RowTile) -> Void) {
    forEach(blocks.count, threads: threads) { block, worker in
      for first in stride(
        from: blocks[block].lowerBound, to: blocks[block].upperBound, by: Self.tileRows)
      {
        let count = min(Self.tileRows, blocks[block].upperBound - first)
        body(RowTile(first: first, count: count, block: block, worker: worker))
      }
    }
  }
}

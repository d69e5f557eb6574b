/// Rows of features with their truth, to train a row network on: up to 2^32 of them.
///
/// Rows lie one after the other in chunks of a fixed size, so that a table grows without being
/// copied and a row is near one place of the memory. A copy shares all chunks; the last one is
/// copied before one of the two tables changes.
public struct RowTable: Sendable {
  /// Features of a row.
  public let inputs: Int
  public private(set) var count = 0
  /// Rows with a label other than 0.
  public private(set) var trueCount = 0
  private(set) var chunks: [RowChunk] = []

  public init(inputs: Int) {
    self.inputs = inputs
  }

  public var isEmpty: Bool { count == 0 }

  // MARK: - Reading

  /// The features of a row, [inputs].
  public func features(ofRow row: Int) -> [Float] {
    let (chunk, place) = locate(row)
    return Array(UnsafeBufferPointer(start: chunk.features.base + place * inputs, count: inputs))
  }

  public func label(ofRow row: Int) -> UInt8 {
    let (chunk, place) = locate(row)
    return chunk.label[place]
  }

  public func weight(ofRow row: Int) -> Float {
    let (chunk, place) = locate(row)
    return chunk.weight.base[place]
  }

  private func locate(_ row: Int) -> (RowChunk, Int) {
    precondition(row >= 0 && row < count, "a row of the table")
    return (chunks[row >> RowChunk.bits], row & (RowChunk.rows - 1))
  }

  // MARK: - Growing

  /// Adds one row.
  public mutating func append(features: [Float], label: UInt8, weight: Float = 1) {
    precondition(features.count == inputs, "as many features as the table has")
    features.withUnsafeBufferPointer { features in
      withUnsafePointer(to: label) { label in
        withUnsafePointer(to: weight) { weight in
          guard let base = features.baseAddress else { return }
          append(features: base, stride: 1, count: 1, labels: label, weights: weight)
        }
      }
    }
  }

  /// Adds the rows of a tile that lies feature by feature.
  ///
  /// - Parameters:
  ///   - features: [inputs][stride].
  ///   - labels: [count].
  ///   - weights: [count]; nil for 1.
  package mutating func append(
    features: UnsafePointer<Float>, stride: Int, count added: Int, labels: UnsafePointer<UInt8>,
    weights: UnsafePointer<Float>? = nil
  ) {
    var done = 0
    while done < added {
      let (chunk, place, room) = end()
      let part = min(room, added - done)
      for row in 0..<part {
        let from = features + done + row
        let to = chunk.features.base + (place + row) * inputs
        for input in 0..<inputs { to[input] = from[input * stride] }
        let label = labels[done + row]
        chunk.label[place + row] = label
        if label != 0 { trueCount += 1 }
        chunk.weight.base[place + row] = weights?[done + row] ?? 1
      }
      count += part
      done += part
    }
  }

  /// Adds all rows of another table, which one thread may have made while others made theirs.
  public mutating func append(_ other: consuming RowTable) {
    precondition(other.inputs == inputs, "a table of the same columns")
    var done = 0
    while done < other.count {
      let (chunk, place, room) = end()
      let from = done & (RowChunk.rows - 1)
      let part = min(room, other.count - done, RowChunk.rows - from)
      chunk.write(other.chunks[done >> RowChunk.bits], from: from, at: place, count: part)
      count += part
      done += part
    }
    trueCount += other.trueCount
  }

  /// The same rows with their first features only.
  public func first(_ inputs: Int) -> RowTable {
    precondition(inputs <= self.inputs, "features that the table has")
    var table = RowTable(inputs: inputs)
    for first in stride(from: 0, to: count, by: RowChunk.rows) {
      let rows = min(RowChunk.rows, count - first)
      let from = chunks[first >> RowChunk.bits]
      let chunk = RowChunk(inputs: inputs)
      chunk.writeFirst(inputs, of: from, count: rows)
      table.chunks.append(chunk)
    }
    table.count = count
    table.trueCount = trueCount
    return table
  }

  /// The chunk that takes the next row, the row's place in it and how many rows it can take.
  private mutating func end() -> (chunk: RowChunk, place: Int, room: Int) {
    let place = count & (RowChunk.rows - 1)
    precondition(count < Int(UInt32.max), "a table's rows have 32-bit numbers")
    if place == 0 {
      chunks.append(RowChunk(inputs: inputs))
    } else if !isKnownUniquelyReferenced(&chunks[chunks.count - 1]) {
      let copy = RowChunk(inputs: inputs)
      copy.write(chunks[chunks.count - 1], from: 0, at: 0, count: place)
      chunks[chunks.count - 1] = copy
    }
    return (chunks[chunks.count - 1], place, RowChunk.rows - place)
  }
}

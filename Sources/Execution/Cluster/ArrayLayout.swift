import ArtifactStore

/// How tasks of one stage that are to be handed in become job arrays, and what each array waits for.
///
/// Where an array's batches fit those of the one before, batch by batch, each waits for its own only, so
/// that one slow event holds up its batch alone; else the whole waits for the whole.
enum ArrayLayout {
  /// A task with what it waits for.
  struct Task: Sendable {
    var key: ArtifactKey
    /// The places of its inputs that are still being made, by the name of their array.
    var needs: [String: Set<Int>] = [:]
    /// Memory of its job in bytes, where it needs more than others.
    var memory: Int?
    /// Whether it goes out in a job of its own, for it ended one before.
    var isAlone = false
  }

  struct Array: Sendable, Equatable {
    var batches: [Submission.Batch]
    /// Arrays of which each batch waits for that of its own place.
    var elementNeeds: [String]
    /// Arrays that all batches wait for.
    var wholeNeeds: [String]
    var memory: Int?
  }

  private struct Signature: Hashable {
    var elementNeeds: [String]
    var wholeNeeds: [String]
    var memory: Int?
    var isAlone: Bool
  }

  /// - Parameters:
  ///   - size: events of a batch.
  ///   - sizes: events of a batch in the arrays that are waited for, by name.
  ///   - largestArray: the most batches of an array.
  static func arrays(
    of tasks: [Task], size: Int, sizes: [String: Int], largestArray: Int
  ) -> [Array] {
    var order: [Signature] = []
    var groups: [Signature: [(task: Task, place: Int)]] = [:]
    for task in tasks {
      let (signature, place) = signature(of: task, size: size, sizes: sizes)
      if groups[signature] == nil { order.append(signature) }
      groups[signature, default: []].append((task, place))
    }
    return order.flatMap { signature in
      let tasks = groups[signature]!
      let batches =
        signature.elementNeeds.isEmpty
        ? chunks(of: tasks.map(\.task.key), size: signature.isAlone ? 1 : size)
        : aligned(tasks)
      return split(batches, signature, largestArray: largestArray)
    }
  }

  private static func signature(of task: Task, size: Int, sizes: [String: Int])
    -> (Signature, place: Int)
  {
    let fitting: [String: Set<Int>] =
      task.isAlone
      ? [:] : task.needs.filter { sizes[$0.key] == size && $0.value.count == 1 }
    let places = Set(fitting.values.compactMap(\.first))
    let elements = places.count == 1 ? fitting.keys.sorted() : []
    let whole = task.needs.keys.filter { !elements.contains($0) }.sorted()
    return (
      Signature(
        elementNeeds: elements, wholeNeeds: whole, memory: task.memory, isAlone: task.isAlone),
      places.first ?? 0
    )
  }

  private static func chunks(of keys: [ArtifactKey], size: Int) -> [Submission.Batch] {
    stride(from: 0, to: keys.count, by: size).enumerated().map { place, start in
      Submission.Batch(
        place: place, keys: Swift.Array(keys[start..<min(start + size, keys.count)]))
    }
  }

  private static func aligned(_ tasks: [(task: Task, place: Int)]) -> [Submission.Batch] {
    Dictionary(grouping: tasks, by: \.place).sorted { $0.key < $1.key }.map {
      Submission.Batch(place: $0.key, keys: $0.value.map(\.task.key))
    }
  }

  /// Several arrays where one would be larger than the site allows; places of batches that wait for none begin anew.
  private static func split(
    _ batches: [Submission.Batch], _ signature: Signature, largestArray: Int
  ) -> [Array] {
    let most = max(1, largestArray)
    return stride(from: 0, to: batches.count, by: most).map { start in
      var part = Swift.Array(batches[start..<min(start + most, batches.count)])
      if signature.elementNeeds.isEmpty {
        for index in part.indices { part[index].place = index }
      }
      return Array(
        batches: part, elementNeeds: signature.elementNeeds, wholeNeeds: signature.wholeNeeds,
        memory: signature.memory)
    }
  }
}

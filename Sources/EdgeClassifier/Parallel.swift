import Dispatch
import Synchronization

/// Runs a body for 0..<count on some threads; which thread runs which index must not matter.
package func forEach(_ count: Int, threads: Int, _ body: (Int) -> Void) {
  forEach(count, threads: threads) { index, _ in body(index) }
}

/// The same, telling the body which of the workers it is: one does one index after the other.
///
/// A worker has a run of indices of its own, so that what it wrote in one loop is in its core's cache
/// in the next; when it is done with them it helps the others, so that a slow core holds up nobody.
package func forEach(_ count: Int, threads: Int, _ body: (_ index: Int, _ worker: Int) -> Void) {
  let workers = workerCount(of: count, threads: threads)
  guard workers > 1 else {
    for index in 0..<count { body(index, 0) }
    return
  }
  withoutActuallyEscaping(body) { body in
    // The calls write to places that do not overlap; the compiler cannot see that.
    nonisolated(unsafe) let body = body
    let shares = (0..<workers).map {
      Share(count * $0 / workers..<count * ($0 + 1) / workers)
    }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for offset in 0..<workers {
        while let index = shares[(worker + offset) % workers].take() { body(index, worker) }
      }
    }
  }
}

/// How many workers share the indices 0..<count.
package func workerCount(of count: Int, threads: Int) -> Int { max(1, min(threads, count)) }

/// Cuts 0..<count into blocks of a fixed size, so that sums do not depend on the threads.
package func blocks(of count: Int, size: Int = 512) -> [Range<Int>] {
  stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
}

/// Hands out a run of indices to several threads.
private final class Share: Sendable {
  private let next: Atomic<Int>
  private let end: Int

  init(_ range: Range<Int>) {
    next = Atomic(range.lowerBound)
    end = range.upperBound
  }

  func take() -> Int? {
    let index = next.add(1, ordering: .relaxed).oldValue
    return index < end ? index : nil
  }
}

import Dispatch

/// Runs a body for 0..<count on some threads; which thread runs which index must not matter.
func forEach(_ count: Int, threads: Int, _ body: (Int) -> Void) {
  let workers = max(1, min(threads, count))
  guard workers > 1 else {
    for index in 0..<count { body(index) }
    return
  }
  withoutActuallyEscaping(body) { body in
    // The calls write to places that do not overlap; the compiler cannot see that.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for index in stride(from: worker, to: count, by: workers) { body(index) }
    }
  }
}

/// Cuts 0..<count into blocks of a fixed size, so that sums do not depend on the threads.
func blocks(of count: Int, size: Int = 512) -> [Range<Int>] {
  stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
}

import CMachinePeaks
import Dispatch

/// What this machine does at most, measured here and now.
struct MachinePeaks: Encodable {
  /// Width of the vectors that the multiply-adds were done on.
  let vectors: String
  /// 1e9 floating-point operations a second of one core, all multiply-adds of single precision.
  let gigaflops: Double
  /// 1e9 bytes a second from and to memory with one thread, with two, and so on.
  let gigabytesByThreads: [Double]

  /// - Parameter threads: the most that benchmarks use.
  init(threads: Int) {
    vectors = String(cString: tfb_vectors())
    var operations = 0.0
    let time = Self.fastest { operations = tfb_multiply_add(10_000_000) }
    gigaflops = operations / time / 1e9
    gigabytesByThreads = (1...threads).map { Self.bandwidth(threads: $0) }
  }

  func gigabytes(threads: Int) -> Double {
    gigabytesByThreads[min(threads, gigabytesByThreads.count) - 1]
  }

  /// The rate of a triad on three arrays that no cache holds.
  private static func bandwidth(threads: Int) -> Double {
    // A virtual machine may tell of a cache that it shares with many others; its own part is less.
    let cache = min(Int(tfb_last_cache()), 256 << 20)
    let count = max(2 * cache / 3, 64 << 20) / 4
    let arrays = (0..<3).map { value in
      let array = UnsafeMutablePointer<Float>.allocate(capacity: count)
      array.initialize(repeating: Float(value), count: count)
      return array
    }
    defer { for array in arrays { array.deallocate() } }
    nonisolated(unsafe) let (a, b, c) = (arrays[0], arrays[1], arrays[2])
    let time = fastest {
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        let low = count * thread / threads
        let high = count * (thread + 1) / threads
        tfb_triad(a + low, b + low, c + low, 0.5, Int64(high - low))
      }
    }
    return 12 * Double(count) / time / 1e9
  }

  private static func fastest(_ body: () -> Void) -> Double {
    body()
    return (0..<5).map { _ in Measurement.seconds(of: body) }.min() ?? 0
  }
}

/// What the runs of one benchmark took.
struct Measurement: Encodable {
  let name: String
  let unit: String
  let items: Int
  let threads: Int
  /// Median over the runs.
  let seconds: Double
  let fastest: Double
  let runs: Int
  let nanosecondsPerItem: Double
  /// 1e9 floating-point operations a second; nil for work that has none.
  let gigaflops: Double?
  /// 1e9 bytes of inputs and results a second.
  let gigabytes: Double?
  /// Share of this machine's multiply-add rate on as many threads.
  let shareOfArithmetic: Double?
  /// Share of this machine's memory bandwidth on as many threads.
  let shareOfBandwidth: Double?

  /// Warms up, then runs until there are enough runs to trust their median.
  init(_ benchmark: Benchmark, peaks: MachinePeaks) throws {
    for _ in 0..<2 { try benchmark.run() }
    var times: [Double] = []
    var total = 0.0
    while times.count < 7 || (total < 0.5 && times.count < 101) {
      let time = try Self.seconds(of: benchmark.run)
      times.append(time)
      total += time
    }
    times.sort()
    let median = times[times.count / 2]
    name = benchmark.name
    unit = benchmark.unit
    items = benchmark.items
    threads = benchmark.threads
    seconds = median
    fastest = times[0]
    runs = times.count
    nanosecondsPerItem = 1e9 * median / Double(max(benchmark.items, 1))
    func rate(_ amount: Double) -> Double? { amount > 0 ? amount / median / 1e9 : nil }
    let (arithmetic, transfer) = (rate(benchmark.operations), rate(benchmark.bytes))
    let (mostArithmetic, mostTransfer) = (
      Double(benchmark.threads) * peaks.gigaflops, peaks.gigabytes(threads: benchmark.threads)
    )
    gigaflops = arithmetic
    gigabytes = transfer
    shareOfArithmetic = arithmetic.map { $0 / mostArithmetic }
    shareOfBandwidth = transfer.map { $0 / mostTransfer }
  }

  static func seconds(of body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}

/// One piece of work to be timed.
struct Benchmark {
  let name: String
  /// What is counted, in the plural: "edges", "hits".
  let unit: String
  /// How many of it one run does.
  let items: Int
  var threads = 1
  /// Floating-point operations of one run as the work is done here; 0 where sorting and comparing is all.
  var operations = 0.0
  /// Bytes of one run's inputs and results, each counted once.
  var bytes = 0.0
  let run: () throws -> Void
}

/// Takes a result, so that no compiler leaves out the work that it came from.
@inline(never)
func consume<Result>(_ result: Result) {}

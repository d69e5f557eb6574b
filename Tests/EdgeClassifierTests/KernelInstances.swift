import CNumericKernels
import Testing

/// The kernels' instances that this machine can run.
enum KernelInstances {
  static let all: [String] = {
    var names: [String] = []
    var index: Int32 = 0
    while let instance = tfk_instance(index) {
      if tfk_is_supported(instance) != 0 { names.append(String(cString: instance.pointee.name)) }
      index += 1
    }
    return names
  }()

  static func table(_ name: String) throws -> tfk_kernels {
    var index: Int32 = 0
    while let instance = tfk_instance(index) {
      if String(cString: instance.pointee.name) == name { return instance.pointee }
      index += 1
    }
    throw NoSuchInstance(name: name)
  }

  struct NoSuchInstance: Error { var name: String }
}

/// Floats for a kernel between two walls that it must leave alone.
final class WalledFloats {
  private static let wall = 32
  private static let brick: Float = -7.25
  let count: Int
  private let memory: UnsafeMutableBufferPointer<Float>

  init(_ values: [Float]) {
    count = values.count
    memory = .allocate(capacity: count + 2 * Self.wall)
    memory.initialize(repeating: Self.brick)
    for (index, value) in values.enumerated() { memory[Self.wall + index] = value }
  }

  convenience init(count: Int, value: Float = 0) {
    self.init([Float](repeating: value, count: count))
  }

  deinit { memory.deallocate() }

  var base: UnsafeMutablePointer<Float> { memory.baseAddress! + Self.wall }
  var values: [Float] { Array(memory[Self.wall..<Self.wall + count]) }

  var wallsStand: Bool {
    memory[..<Self.wall].allSatisfy { $0 == Self.brick }
      && memory[(Self.wall + count)...].allSatisfy { $0 == Self.brick }
  }
}

/// The largest difference from a reference, as a share of the reference's largest value.
///
/// Floats have 24 bits, so that one operation is off by 6e-8 of its result and a sum of n terms by
/// n times as much of the terms' magnitudes: 2e-6 is right for the tens of terms of these tests, and
/// 1e-5 where a root, a division or cancellation is on the way.
func distance(_ values: [Float], _ reference: [Double]) -> Double {
  guard values.count == reference.count else { return .infinity }
  let scale = max(reference.reduce(0) { max($0, abs($1)) }, 1e-30)
  return zip(values, reference).reduce(0) { worst, pair in
    let difference = abs(Double(pair.0) - pair.1) / scale
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}

extension TestNumbers {
  /// Some numbers in -1..<1.
  static func floats(_ count: Int, seed: UInt64) -> [Float] {
    var numbers = TestNumbers(seed: seed)
    return (0..<count).map { _ in numbers.next() }
  }

  /// Rows whose padding is 0.
  static func rows(_ count: Int, real: Int, width: Int, seed: UInt64) -> [Float] {
    var numbers = TestNumbers(seed: seed)
    return (0..<count * width).map { $0 % width < real ? numbers.next() : 0 }
  }
}

extension [Float] {
  var doubles: [Double] { map(Double.init) }
}

import CNumericKernels
import Foundation

/// The numeric kernels compiled for one instruction set.
///
/// The best set that the processor has is taken once, at first use. The environment variable
/// `TRACKFLOW_KERNELS` (`baseline`, `v3`, `v4`; `neon` on arm64) takes another one. Different sets
/// sum in different orders, so the set in use belongs to a result's provenance.
public struct Kernels: @unchecked Sendable {
  // Points to a constant of the program.
  package let table: UnsafePointer<tfk_kernels>

  /// Short name of the instruction set, as the environment variable takes it.
  public var name: String { String(cString: table.pointee.name) }

  /// Every instance that this machine can run, best first.
  public static var available: [Kernels] {
    var instances: [Kernels] = []
    var index: Int32 = 0
    while let table = tfk_instance(index) {
      if tfk_is_supported(table) != 0 { instances.append(Kernels(table: table)) }
      index += 1
    }
    return instances
  }

  /// The instance in use; stops the program if the environment asks for one that is not there.
  public static let current: Kernels = {
    let available = Self.available
    guard let name = ProcessInfo.processInfo.environment["TRACKFLOW_KERNELS"], !name.isEmpty else {
      return available[0]
    }
    guard let chosen = available.first(where: { $0.name == name }) else {
      let names = available.map(\.name).joined(separator: ", ")
      fatalError("TRACKFLOW_KERNELS is \(name), but this machine can run \(names)")
    }
    return chosen
  }()

  /// 1 / (1 + exp(-logit)) of each logit.
  package func probabilities(of logits: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: logits.count) { buffer, count in
      count = logits.count
      guard let base = buffer.baseAddress else { return }
      table.pointee.sigmoid(logits, Int64(logits.count), base)
    }
  }

  /// Name of the instance in use, for provenance.
  public static var instructionSet: String { current.name }
}

import CNumericKernels

/// The kernels that read text, compiled for the best instruction set of this machine.
enum TextKernels {
  /// Immutable, and alive as long as the program.
  nonisolated(unsafe) static let best: UnsafePointer<tfk_kernels> = {
    var index: Int32 = 0
    while let instance = tfk_instance(index) {
      if tfk_is_supported(instance) != 0 { return instance }
      index += 1
    }
    preconditionFailure("the baseline instance runs everywhere")
  }()
}

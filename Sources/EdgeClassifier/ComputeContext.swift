import CNumericKernels

/// What a computation needs beside its data; none of it changes a result but the instruction set.
struct ComputeContext {
  let kernels: UnsafePointer<tfk_kernels>
  let threads: Int
  let workspace: Workspace
}

extension Kernels {
  /// A context with scratch of its own.
  func context(threads: Int, workspace: Workspace = Workspace()) -> ComputeContext {
    ComputeContext(kernels: table, threads: threads, workspace: workspace)
  }
}

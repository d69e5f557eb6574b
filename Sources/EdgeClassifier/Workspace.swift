/// Scratch buffers that live from one training step to the next, so that none is allocated anew.
///
/// One owner uses it at a time: a trainer that finds its workspace shared takes a new one.
final class Workspace: @unchecked Sendable {
  private var buffers: [String: FloatBuffer] = [:]

  /// A buffer of at least that many floats with whatever is left in it.
  func buffer(_ name: String, count: Int) -> FloatBuffer {
    if let buffer = buffers[name], buffer.count >= count { return buffer }
    let buffer = FloatBuffer(count: count)
    buffers[name] = buffer
    return buffer
  }
}

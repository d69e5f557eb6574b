import Foundation
import Synchronization

/// The same work on many things, on all cores.
package enum Concurrently {
  /// What the body makes of each element, in their order; a list of one block is not worth a second core.
  ///
  /// - Parameter block: how many elements a core takes at a time.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], block: Int = 256, _ body: @Sendable (Element) -> Result
  ) -> [Result] {
    let count = (elements.count + block - 1) / block
    guard count > 1 else { return elements.map(body) }
    let parts = Mutex([[Result]](repeating: [], count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let part = elements[index * block..<min(elements.count, (index + 1) * block)].map(body)
      parts.withLock { $0[index] = part }
    }
    return parts.withLock { $0.flatMap { $0 } }
  }
}

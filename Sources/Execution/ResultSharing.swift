import ArtifactStore
import Foundation

/// How the runs on one cache share what they make: a result is claimed before it is made, and looked for again then.
struct ResultSharing: Sendable {
  let store: ObjectStore
  /// Nil where this run has the cache alone.
  let claims: ResultClaims?
  /// Says for whom this run waits.
  let sayThatItWaits: @Sendable () -> Void
  let notice: @Sendable (String) -> Void

  enum Claim {
    case ours
    /// It is in the cache, whole.
    case made
    /// Another run is making it.
    case taken
  }

  func claim(_ key: ArtifactKey) throws -> Claim {
    guard try claims?.take(key) ?? true else { return .taken }
    let path = store.path(of: key)
    guard FileSystem.stamp(of: path) != nil else { return .ours }
    do {
      _ = try store.load(key)
      release(key)
      return .made
    } catch ArtifactError.notFound {
      return .ours
    } catch ArtifactError.newerFormat(let path, let found, let known) {
      release(key)
      throw ArtifactError.newerFormat(path: path, found: found, known: known)
    } catch {
      let aside = try store.setAside(key)
      notice("a damaged artifact was set aside as \(aside)")
      return .ours
    }
  }

  func release(_ key: ArtifactKey) { claims?.release(key) }
}

import ArtifactStore

/// Which of some artifacts are in the cache and whole.
///
/// A file whose stamp is the one in the catalog was checked before and did not change; any other is
/// read and checked in full, and entered.
enum CacheView {
  enum State: Equatable, Sendable {
    case whole
    case absent
    case damaged(String)
  }

  /// The states of artifacts, in the order of the keys.
  static func states(of keys: [ArtifactKey], store: ObjectStore, catalog: Catalog) throws
    -> [State]
  {
    let known = try catalog.stamps(of: keys)
    let found = Concurrently.map(keys) { FileSystem.stamp(of: store.path(of: $0)) }
    var checked: [ArtifactRecord] = []
    let states = try keys.indices.map { index -> State in
      guard let stamp = found[index] else { return .absent }
      if stamp == known[index] { return .whole }
      do {
        let artifact = try store.load(keys[index])
        checked.append(
          ArtifactRecord(
            key: keys[index], kind: artifact.kind, keyText: artifact.keyText.canonicalText,
            stamp: stamp))
        return .whole
      } catch ArtifactError.notFound {
        return .absent
      } catch ArtifactError.newerFormat(let path, let found, let known) {
        // Not to be made again: that would overwrite what a newer program can read.
        throw ArtifactError.newerFormat(path: path, found: found, known: known)
      } catch {
        return .damaged("\(error)")
      }
    }
    try catalog.record(checked)
    return states
  }
}

import ArtifactStore

/// Which of some artifacts are in the cache and whole.
///
/// A file whose stamp is the one in the catalog was checked before and did not change; any other is
/// read and checked in full, and entered.
struct CacheView {
  enum State: Equatable {
    case whole
    case absent
    case damaged(String)
  }

  private var states: [ArtifactKey: State] = [:]

  init(keys: [ArtifactKey], store: ObjectStore, catalog: Catalog) throws {
    let records = try catalog.records(of: keys)
    var checked: [ArtifactRecord] = []
    for key in keys {
      guard let stamp = FileSystem.stamp(of: store.path(of: key)) else {
        states[key] = .absent
        continue
      }
      if let record = records[key], record.stamp == stamp {
        states[key] = .whole
        continue
      }
      do {
        let artifact = try store.load(key)
        states[key] = .whole
        checked.append(
          ArtifactRecord(
            key: key, kind: artifact.kind, keyText: artifact.keyText.canonicalText, stamp: stamp,
            seconds: nil, cpuSeconds: nil))
      } catch ArtifactError.notFound {
        states[key] = .absent
      } catch {
        states[key] = .damaged(error.description)
      }
    }
    if !checked.isEmpty { try catalog.record(checked) }
  }

  func state(of key: ArtifactKey) -> State { states[key] ?? .absent }
}

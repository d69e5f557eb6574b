import ArtifactStore
import Foundation
import JSONDocument
import Synchronization
import Workflow

/// Makes an artifact again from what its header says, with all of its inputs that are missing, and compares.
///
/// The cache is only read: what is made lies in a scratch folder, so that nothing that differs can come
/// among what others trust. Inputs that the cache holds, whole, are taken from there.
public struct Rerun {
  /// What came of it.
  public struct Outcome: Sendable {
    public var original: Artifact
    public var remade: Artifact
    public var bytes: [UInt8]
    /// Whether the file would be the same, byte by byte.
    public var isSameFile: Bool
    /// What differs within; empty where the content is the same.
    public var differences: [String]
    /// How many inputs were made again, and how many were taken from the cache.
    public var inputsMade: Int
    public var inputsTaken: Int
  }

  let kinds: [any StageKind]
  let cache: ObjectStore
  let catalog: Catalog?
  let scratch: ObjectStore
  private let files: ContentSearch
  private let threads: Int
  let notice: @Sendable (String) -> Void
  var bench: Workbench { Workbench(kinds: kinds, scratch: scratch) }

  /// - Parameters:
  ///   - catalog: knows how artifacts are made that are gone, and where files lie; nil where there is none.
  ///   - scratch: an empty folder for what is made.
  ///   - folders: where to look for files that the catalog does not know.
  ///   - digest: computes the SHA-256 of a file.
  ///   - notice: is told what is made.
  public init(
    kinds: [any StageKind], cache: ObjectStore, catalog: Catalog?, scratch: ObjectStore,
    folders: [String], digest: @escaping (String) throws -> String, threads: Int,
    notice: @escaping @Sendable (String) -> Void
  ) {
    self.kinds = kinds
    self.cache = cache
    self.catalog = catalog
    self.scratch = scratch
    files = ContentSearch(catalog: catalog, folders: folders, digest: digest)
    self.threads = threads
    self.notice = notice
  }

  /// Makes the artifact of a file again.
  ///
  /// - Throws: `ArtifactError` for a file that is no whole artifact, `RerunError`.
  public func remake(_ path: String) throws -> Outcome {
    let original = try ObjectStore.artifact(ofFile: path)
    let checkpoint = CheckpointRecipe(keyText: original.keyText)
    let recipes =
      checkpoint.map { $0.trainings(kinds: kinds) }
      ?? TaskRecipe(keyText: original.keyText).map { [$0] } ?? []
    guard let first = recipes.first else {
      if checkpoint != nil { throw RerunError.noCheckpoint(path: path) }
      throw RerunError.noTask(path: path, kind: original.kind)
    }
    // Said before anything is made, for that may take hours.
    for recipe in recipes { _ = try kind(of: recipe) }
    let (made, taken) = try provideInputs(of: first)
    let remade: Artifact
    if checkpoint != nil {
      var found: Artifact?
      for recipe in recipes where found == nil {
        found = try published(original.key, by: recipe)
      }
      guard let found else { throw RerunError.noCheckpoint(path: path) }
      remade = found
    } else {
      notice("making \(first.title) again")
      try bench.perform(try order(first))
      remade = try scratch.load(first.key)
    }
    try scratch.publish(remade)
    let bytes = try FileSystem.read(scratch.path(of: remade.key))
    return Outcome(
      original: original, remade: remade, bytes: Array(bytes),
      isSameFile: try FileSystem.read(path) == bytes,
      differences: ArtifactDifference(from: original, to: remade).words, inputsMade: made,
      inputsTaken: taken)
  }

  // MARK: - Tasks

  func kind(of recipe: TaskRecipe) throws -> any StageKind {
    guard let kind = kinds.first(where: { $0.name == recipe.kind }) else {
      throw RerunError.unknownKind(kind: recipe.kind, artifact: recipe.key)
    }
    guard kind.version == recipe.version else {
      throw RerunError.otherVersion(
        kind: kind.name, wanted: recipe.version, known: kind.version)
    }
    let names = Set(kind.parameters.filter(\.affectsResult).map(\.name))
    let others = names.symmetricDifference(recipe.parameters.map(\.name))
    guard others.isEmpty else {
      throw RerunError.otherParameters(kind: kind.name, names: others.sorted())
    }
    return kind
  }

  /// The task with its files found; parameters that change no bit have their defaults.
  func order(_ recipe: TaskRecipe) throws -> TaskOrder {
    let kind = try kind(of: recipe)
    func given(_ member: JSONMember) throws -> JSONMember {
      guard let sha256 = TaskRecipe.digest(member.value) else { return member }
      let path = try files.path(ofContent: sha256, name: member.name, event: nil)
      return JSONMember(name: member.name, value: .string(path))
    }
    let parameters = try kind.parameters.map { spec in
      try given(
        JSONMember(name: spec.name, value: recipe.parameter(spec.name) ?? spec.defaultValue))
    }
    return TaskOrder(
      stage: recipe.kind, kind: recipe.kind, parameters: .object(parameters), event: recipe.event,
      files: try Dictionary(
        uniqueKeysWithValues: recipe.files.map { name, sha256 in
          (name, try files.path(ofContent: sha256, name: name, event: recipe.event))
        }),
      dataset: .object(try (recipe.dataset.members ?? []).map(given)), inputs: recipe.inputs,
      keyText: recipe.keyText, threads: recipe.event == nil ? threads : 1)
  }

  /// Runs a training until it publishes the artifact of a key; nil where it never does.
  private func published(_ key: ArtifactKey, by recipe: TaskRecipe) throws -> Artifact? {
    notice("making \(recipe.title) again up to the checkpoint")
    do {
      _ = try bench.run(try order(recipe)) { artifact in
        if artifact.key == key { throw FoundPublished(artifact: artifact) }
      }
      return nil
    } catch let found as FoundPublished {
      return found.artifact
    }
  }
}

extension TaskRecipe {
  /// `build-graphs, event 10`
  fileprivate var title: String { kind + (event.map { ", event \($0)" } ?? "") }
}

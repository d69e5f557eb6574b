import ArtifactStore
import JSONDocument

/// How artifacts came about: each with what it was made of, back to the events' files.
///
/// It is a graph without circles: a result that several others take is in it once.
public struct Lineage: Sendable {
  /// An artifact and how it is made.
  public struct Node: Sendable {
    public var key: ArtifactKey
    /// The kind of stage that makes it, or what those who take it call it.
    public var kind: String
    /// Nil where neither the cache nor the catalog knows how it is made.
    public var recipe: TaskRecipe?
    public var isInCache: Bool

    public init(key: ArtifactKey, kind: String, recipe: TaskRecipe?, isInCache: Bool) {
      self.key = key
      self.kind = kind
      self.recipe = recipe
      self.isInCache = isInCache
    }
  }

  /// Those that were asked for.
  public let roots: [ArtifactKey]
  /// Every artifact that was met, by key.
  public let nodes: [ArtifactKey: Node]
  /// The keys in the order of meeting: each after one that takes it.
  public let order: [ArtifactKey]

  /// Walks back from some artifacts, asking the catalog first and the artifacts' own headers then.
  public init(of roots: [ArtifactKey], store: ObjectStore, catalog: Catalog) throws {
    try self.init(of: roots) { keys in
      let known = try catalog.recipes(of: keys)
      return Dictionary(
        uniqueKeysWithValues: keys.map { key in
          let isThere = FileSystem.stamp(of: store.path(of: key)) != nil
          var recipe = known[key].flatMap(TaskRecipe.init(text:))
          var kind = recipe?.kind
          if recipe == nil, isThere, let description = try? store.description(of: key) {
            recipe = TaskRecipe(keyText: description.keyText)
            kind = description.kind
          }
          return (key, Node(key: key, kind: kind ?? "", recipe: recipe, isInCache: isThere))
        })
    }
  }

  /// Walks back from some artifacts.
  ///
  /// - Parameter look: gives what is known of each of some artifacts.
  public init(
    of roots: [ArtifactKey], look: ([ArtifactKey]) throws -> [ArtifactKey: Node]
  ) throws {
    var nodes: [ArtifactKey: Node] = [:]
    var order: [ArtifactKey] = []
    var calledBy: [ArtifactKey: String] = [:]
    var next: [ArtifactKey] = []
    for root in roots where calledBy.updateValue("", forKey: root) == nil { next.append(root) }
    self.roots = next
    while !next.isEmpty {
      let found = try look(next)
      var behind: [ArtifactKey] = []
      for key in next {
        let name = calledBy[key] ?? ""
        var node = found[key] ?? Node(key: key, kind: name, recipe: nil, isInCache: false)
        if node.kind.isEmpty { node.kind = name.isEmpty ? "unknown" : name }
        nodes[key] = node
        order.append(key)
        for input in node.recipe?.inputs ?? [] where calledBy[input.key] == nil {
          calledBy[input.key] = input.kind
          behind.append(input.key)
        }
      }
      next = behind
    }
    self.nodes = nodes
    self.order = order
  }

  /// The keys so that each follows all that it is made of.
  public var makingOrder: [ArtifactKey] {
    var done: Set<ArtifactKey> = []
    var made: [ArtifactKey] = []
    // With its own stack: a chain may be longer than the program's.
    for root in roots {
      var stack = [(key: root, isExpanded: false)]
      while let (key, isExpanded) = stack.popLast() {
        if done.contains(key) { continue }
        if isExpanded {
          done.insert(key)
          made.append(key)
          continue
        }
        stack.append((key, true))
        for input in (nodes[key]?.recipe?.inputs ?? []).reversed()
        where !done.contains(input.key) {
          stack.append((input.key, false))
        }
      }
    }
    return made
  }

  /// The digests of the files that everything goes back to, with one of their names, sorted by digest.
  public var files: [(sha256: String, name: String, event: Int?)] {
    var found: [String: (name: String, event: Int?)] = [:]
    for key in order {
      guard let recipe = nodes[key]?.recipe else { continue }
      for file in recipe.fileDigests where found[file.sha256] == nil {
        found[file.sha256] = (file.name, recipe.event)
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.name, $0.value.event) }
  }
}

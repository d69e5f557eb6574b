import ArtifactStore
import JSONDocument

/// A lineage as a tree for people: what was made alike is one branch, whatever the event.
///
/// Two artifacts were made alike where kind, version, parameters and, all the way back, those of their
/// inputs agree. Each artifact's own inputs stand in the tree once, where it comes first.
public struct LineageTree: Sendable {
  public struct Branch: Sendable {
    public var kind: String
    /// What the workflow calls the stage; nil where that is not known.
    public var stage: String?
    public var version: Int?
    /// Those that were made alike.
    public var keys: [ArtifactKey]
    /// The events of the keys by the split through which they come in; the split is empty outside of studies.
    public var events: [(split: String, events: [Int])]
    /// Those whose values are not the kind's defaults.
    public var parameters: [JSONMember]
    public var countInCache: Int
    /// How many stand with their inputs further up in the tree.
    public var countShown: Int
    /// Whether neither the cache nor the catalog knows how they are made.
    public var isUnknown: Bool
    /// The files that they read, by what each is called.
    public var files: [(name: String, digests: [String])]
    public var branches: [Branch]
  }

  public let branches: [Branch]

  /// - Parameters:
  ///   - kinds: tell which values of parameters are the defaults.
  ///   - stages: the names of the stages that artifacts belong to, where they are known.
  public init(
    _ lineage: Lineage, kinds: [any StageKind], stages: [ArtifactKey: String] = [:]
  ) {
    var builder = TreeBuilder(lineage, kinds: kinds, stages: stages)
    branches = builder.branches(lineage.roots.map { .init(key: $0, split: "", position: 0) })
  }
}

/// Puts a tree together, remembering what is in it.
private struct TreeBuilder {
  struct Use {
    var key: ArtifactKey
    var split: String
    var position: Int
  }

  private let lineage: Lineage
  private let kinds: [any StageKind]
  private let stages: [ArtifactKey: String]
  /// Equal for artifacts that were made alike.
  private let signatures: [ArtifactKey: Int]
  private var shown: Set<ArtifactKey> = []

  init(_ lineage: Lineage, kinds: [any StageKind], stages: [ArtifactKey: String]) {
    self.lineage = lineage
    self.kinds = kinds
    self.stages = stages
    signatures = Self.signatures(of: lineage)
  }

  private static func signatures(of lineage: Lineage) -> [ArtifactKey: Int] {
    var numbers: [String: Int] = [:]
    var signatures: [ArtifactKey: Int] = [:]
    for key in lineage.makingOrder {
      guard let node = lineage.nodes[key] else { continue }
      var text = node.kind
      if let recipe = node.recipe {
        let inputs = Set(
          recipe.inputs.map { input in
            let signature = signatures[input.key].map(String.init) ?? "?"
            return "\(signature)/\(input.position ?? 0)/\(input.split ?? "")"
          })
        text += " \(recipe.version) \(JSONValue.object(recipe.parameters).canonicalText)"
        text += " \(recipe.dataset.canonicalText) \(recipe.files.keys.sorted())"
        text += " \(recipe.event == nil) \(inputs.sorted())"
      }
      signatures[key] = numbers[text] ?? numbers.count
      if numbers[text] == nil { numbers[text] = numbers.count }
    }
    return signatures
  }

  /// One branch for all uses of what was made alike, in the order of first use.
  mutating func branches(_ uses: [Use]) -> [LineageTree.Branch] {
    var order: [String] = []
    var groups: [String: [Use]] = [:]
    for use in uses {
      let group = "\(signatures[use.key] ?? -1)/\(use.position)"
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(use)
    }
    return order.map { branch(groups[$0]!) }
  }

  private mutating func branch(_ uses: [Use]) -> LineageTree.Branch {
    var seen: Set<ArtifactKey> = []
    let keys = uses.map(\.key).filter { seen.insert($0).inserted }
    let nodes = keys.compactMap { lineage.nodes[$0] }
    let new = keys.filter { shown.insert($0).inserted }
    let recipes = new.compactMap { lineage.nodes[$0]?.recipe }
    var branch = LineageTree.Branch(
      kind: nodes.first?.kind ?? "", stage: keys.first.flatMap { stages[$0] },
      version: nodes.first?.recipe?.version, keys: keys,
      events: events(of: uses), parameters: nodes.first?.recipe.map(changedParameters) ?? [],
      countInCache: nodes.count { $0.isInCache }, countShown: keys.count - new.count,
      isUnknown: nodes.first?.recipe == nil, files: files(of: recipes), branches: [])
    branch.branches = branches(
      recipes.flatMap { recipe in
        recipe.inputs.map {
          Use(key: $0.key, split: $0.split ?? "", position: $0.position ?? 0)
        }
      })
    return branch
  }

  private func events(of uses: [Use]) -> [(split: String, events: [Int])] {
    var splits: [String] = []
    var events: [String: Set<Int>] = [:]
    for use in uses {
      guard let event = lineage.nodes[use.key]?.recipe?.event else { continue }
      if events[use.split] == nil { splits.append(use.split) }
      events[use.split, default: []].insert(event)
    }
    return splits.map { ($0, events[$0]!.sorted()) }
  }

  private func files(of recipes: [TaskRecipe]) -> [(name: String, digests: [String])] {
    var names: [String] = []
    var digests: [String: [String]] = [:]
    var seen: Set<String> = []
    for file in recipes.flatMap(\.fileDigests) {
      if digests[file.name] == nil { names.append(file.name) }
      if seen.insert("\(file.name) \(file.sha256)").inserted {
        digests[file.name, default: []].append(file.sha256)
      }
    }
    return names.map { ($0, digests[$0]!) }
  }

  private func changedParameters(_ recipe: TaskRecipe) -> [JSONMember] {
    let specs = kinds.first { $0.name == recipe.kind }?.parameters ?? []
    return recipe.parameters.filter { member in
      guard let spec = specs.first(where: { $0.name == member.name }) else { return true }
      return spec.defaultValue.canonicalText != member.value.canonicalText
    }
  }
}

import ArtifactStore
import Foundation
import Workflow

extension Rerun {
  /// Puts everything that a task takes into the scratch folder.
  func provideInputs(of recipe: TaskRecipe) throws -> (made: Int, taken: Int) {
    let names = Dictionary(
      recipe.inputs.map { ($0.key, $0.kind) }, uniquingKeysWith: { first, _ in first })
    let lineage = try Lineage(of: recipe.inputs.map(\.key)) { keys in
      let recipes = try catalog?.recipes(of: keys) ?? [:]
      return Dictionary(
        uniqueKeysWithValues: keys.map { key in
          // Nothing behind a whole input is needed.
          if link(key) {
            return (key, Lineage.Node(key: key, kind: "", recipe: nil, isInCache: true))
          }
          let recipe = recipes[key].flatMap(TaskRecipe.init(text:)) ?? headerRecipe(of: key)
          let isRight = recipe?.key == key
          return (
            key,
            .init(
              key: key, kind: recipe?.kind ?? names[key] ?? "", recipe: isRight ? recipe : nil,
              isInCache: false)
          )
        })
    }
    var depths: [ArtifactKey: Int] = [:]
    var levels: [[TaskRecipe]] = []
    for key in lineage.makingOrder {
      guard let node = lineage.nodes[key], !node.isInCache else { continue }
      guard let recipe = node.recipe else {
        throw RerunError.unknownInput(key: key, kind: node.kind, cache: cache.root)
      }
      _ = try kind(of: recipe)
      let depth = recipe.inputs.map { (depths[$0.key] ?? -1) + 1 }.max() ?? 0
      depths[key] = depth
      while levels.count <= depth { levels.append([]) }
      levels[depth].append(recipe)
    }
    for level in levels { try make(level) }
    let made = levels.reduce(0) { $0 + $1.count }
    return (made, lineage.nodes.count - made)
  }

  /// What the header of an artifact says whose arrays may be damaged.
  private func headerRecipe(of key: ArtifactKey) -> TaskRecipe? {
    (try? cache.description(of: key)).flatMap { TaskRecipe(keyText: $0.keyText) }
  }

  /// Makes an artifact of the cache one of the scratch folder, if it is there and whole.
  private func link(_ key: ArtifactKey) -> Bool {
    guard (try? cache.load(key)) != nil else { return false }
    let path = scratch.path(of: key)
    if FileSystem.stamp(of: path) != nil { return true }
    let folder = (path as NSString).deletingLastPathComponent
    guard (try? FileSystem.createFolder(folder)) != nil else { return false }
    let target = URL(filePath: cache.path(of: key)).standardized.path
    return symlink(target, path) == 0
  }

  /// Makes results that do not need each other: those of events side by side, those of the study one by one.
  private func make(_ recipes: [TaskRecipe]) throws {
    var counts: [(kind: String, count: Int)] = []
    for recipe in recipes {
      if let index = counts.firstIndex(where: { $0.kind == recipe.kind }) {
        counts[index].count += 1
      } else {
        counts.append((recipe.kind, 1))
      }
    }
    notice(
      "making again: "
        + counts.map { $0.count == 1 ? $0.kind : "\($0.count) \($0.kind)" }.joined(separator: ", "))
    let orders = try recipes.map(order)
    for order in orders where order.event == nil { try bench.perform(order) }
    let ofEvents = orders.filter { $0.event != nil }
    let (bench, failures) = (bench, Failures())
    DispatchQueue.concurrentPerform(iterations: ofEvents.count) { index in
      guard failures.isEmpty else { return }
      do {
        try bench.perform(ofEvents[index])
      } catch {
        failures.add(error)
      }
    }
    if let error = failures.first { throw error }
  }
}

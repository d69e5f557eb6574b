import ArtifactStore
import JSONDocument

extension Lineage {
  /// The whole graph: what was asked for, and every artifact and file by its key or digest.
  public func json(files traces: [String: FileTrace]) -> JSONValue {
    [
      "roots": .array(roots.map { .string($0.hex) }),
      "nodes": .object(
        order.compactMap { key in
          nodes[key].map { JSONMember(name: key.hex, value: $0.json) }
        }),
      "files": .object(
        files.map { file in
          JSONMember(
            name: file.sha256,
            value: [
              "name": .string(file.name), "event": file.event.map { .integer($0) } ?? .null,
              "paths": .array(
                (traces[file.sha256]?.paths ?? []).map {
                  ["path": .string($0.path), "state": .string($0.state.rawValue)]
                }),
            ])
        }),
    ]
  }

  /// The graph for Graphviz, a cluster a stage kind.
  public var dot: String {
    var lines = [
      "digraph lineage {", "  rankdir=LR;", "  node [shape=box, fontname=\"sans-serif\"];",
    ]
    var kinds: [String] = []
    var members: [String: [Node]] = [:]
    for key in order {
      guard let node = nodes[key] else { continue }
      if members[node.kind] == nil { kinds.append(node.kind) }
      members[node.kind, default: []].append(node)
    }
    for (index, kind) in kinds.enumerated() {
      lines.append("  subgraph cluster_\(index) {")
      lines.append("    label=\(Self.quoted(kind));")
      for node in members[kind]! {
        let event = node.recipe?.event.map { "event \($0)\\n" } ?? ""
        let style = node.isInCache ? "" : ", style=dashed"
        lines.append(
          "    \"\(node.key.short)\" [label=\"\(event)\(node.key.short)\"\(style)];")
      }
      lines.append("  }")
    }
    let files = self.files
    if !files.isEmpty {
      lines.append("  subgraph cluster_files {")
      lines.append("    label=\"files\";")
      for file in files {
        let event = file.event.map { "event \($0)\\n" } ?? ""
        lines.append(
          "    \"file-\(file.sha256.prefix(12))\" [shape=note, label=\"\(event)\(Self.escaped(file.name))\"];"
        )
      }
      lines.append("  }")
    }
    for key in order {
      guard let recipe = nodes[key]?.recipe else { continue }
      for input in Set(recipe.inputs.map(\.key)).sorted() {
        lines.append("  \"\(input.short)\" -> \"\(key.short)\";")
      }
      for digest in Set(recipe.fileDigests.map(\.sha256)).sorted() {
        lines.append("  \"file-\(digest.prefix(12))\" -> \"\(key.short)\";")
      }
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}

extension Lineage.Node {
  var json: JSONValue {
    var members: [JSONMember] = [JSONMember(name: "kind", value: .string(kind))]
    if let recipe {
      members += [
        JSONMember(name: "version", value: .integer(recipe.version)),
        JSONMember(name: "event", value: recipe.event.map { .integer($0) } ?? .null),
        JSONMember(name: "parameters", value: .object(recipe.parameters)),
        JSONMember(name: "dataset", value: recipe.dataset),
        JSONMember(
          name: "files",
          value: .object(
            recipe.files.sorted { $0.key < $1.key }
              .map { JSONMember(name: $0.key, value: .string($0.value)) })),
        JSONMember(name: "inputs", value: .array(recipe.inputs.map(\.json))),
      ]
    }
    members.append(JSONMember(name: "isKnown", value: .bool(recipe != nil)))
    members.append(JSONMember(name: "isInCache", value: .bool(isInCache)))
    return .object(members)
  }
}

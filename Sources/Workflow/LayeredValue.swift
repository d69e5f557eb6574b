import JSONDocument

/// A JSON value put together from layers, of which every part knows the layer that it stands in.
struct LayeredValue {
  /// Index of the layer.
  var layer: Int
  var content: Content

  enum Content {
    case members([(name: String, value: LayeredValue)])
    case plain(JSONValue)
  }

  init(_ value: JSONValue, layer: Int) {
    self.layer = layer
    content =
      if let members = value.members {
        .members(members.map { ($0.name, LayeredValue($0.value, layer: layer)) })
      } else { .plain(value) }
  }

  /// A value under a path of names, all of one layer.
  init(_ value: JSONValue, at path: ArraySlice<String>, layer: Int) {
    let wrapped = path.reversed().reduce(value) { inner, name in
      .object([JSONMember(name: name, value: inner)])
    }
    self.init(wrapped, layer: layer)
  }

  /// The value by itself.
  var json: JSONValue {
    switch content {
    case .plain(let value): value
    case .members(let members):
      .object(members.map { JSONMember(name: $0.name, value: $0.value.json) })
    }
  }

  var isNull: Bool {
    if case .plain(.null) = content { true } else { false }
  }

  /// The members of an object; of anything else none.
  var members: [(name: String, value: LayeredValue)] {
    if case .members(let members) = content { members } else { [] }
  }

  subscript(name: String) -> LayeredValue? { members.first { $0.name == name }?.value }

  mutating func remove(_ name: String) {
    if case .members(let members) = content {
      content = .members(members.filter { $0.name != name })
    }
  }

  /// The layer of what stands at a path, or of the nearest value around it.
  func layer(at path: ArraySlice<String>) -> Int {
    guard let name = path.first, let member = self[name] else { return layer }
    return member.layer(at: path.dropFirst())
  }
}

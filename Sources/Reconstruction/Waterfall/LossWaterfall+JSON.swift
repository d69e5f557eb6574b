import JSONDocument

extension LossWaterfall {
  /// The steps by name, then `losses` by name; each with `primary` and `secondary`.
  public var json: JSONValue {
    let steps = Self.steps.map {
      JSONMember(name: $0.name, value: self[keyPath: $0.path].json)
    }
    let losses = TrackLosses.losses.map {
      JSONMember(name: $0.name, value: self.losses[keyPath: $0.path].json)
    }
    return .object(steps + [JSONMember(name: "losses", value: .object(losses))])
  }

  /// Reads what `json` wrote; nil where a step or a loss is missing.
  public init?(json: JSONValue) {
    self.init()
    for (name, path) in Self.steps {
      guard let pair = json[name].flatMap(CeilingPair.init(json:)) else { return nil }
      self[keyPath: path] = pair
    }
    for (name, path) in TrackLosses.losses {
      guard let pair = json["losses"]?[name].flatMap(CeilingPair.init(json:)) else { return nil }
      losses[keyPath: path] = pair
    }
  }
}

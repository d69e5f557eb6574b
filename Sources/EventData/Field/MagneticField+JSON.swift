import JSONDocument

extension MagneticField {
  /// The field as a manifest declares it, every number as a fraction; the inverse of `init(json:)`.
  public var json: JSONValue {
    switch self {
    case .uniform(let strength): ["uniform": .number(strength)]
    case .coil(let radius, let length, let centre, let strength):
      [
        "coil": [
          "radius": .number(radius), "length": .number(length),
          "centre": .array(centre.map { .number($0) }), "strength": .number(strength),
        ]
      ]
    }
  }

  /// A field from its JSON; nil where that is none.
  public init?(json: JSONValue) {
    if let strength = json["uniform"]?.doubleValue {
      self = .uniform(strength: strength)
      return
    }
    guard let coil = json["coil"], let radius = coil["radius"]?.doubleValue,
      let length = coil["length"]?.doubleValue, let strength = coil["strength"]?.doubleValue,
      let centre = coil["centre"]?.arrayValue?.compactMap(\.doubleValue), centre.count == 3
    else { return nil }
    self = .coil(radius: radius, length: length, centre: centre, strength: strength)
  }
}

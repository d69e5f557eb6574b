import EdgeClassifier

/// The features that a message-passing network sees, as operators over `x`; the same steps in the same order and precision as `HitFeatures`.
struct FeatureOperators {
  private let features: HitFeatureList
  private let start: String
  private let end: String

  init(_ features: HitFeatureList, start: String, end: String) {
    self.features = features
    self.start = start
    self.end = end
  }

  /// [nodes, features].
  func nodeTable(_ model: inout ONNXModel) -> String {
    let columns = features.node.map { feature in node(feature, &model) }
    return model.concatenate(columns, axis: 1)
  }

  /// [edges, features].
  func edgeTable(_ model: inout ONNXModel) -> String {
    let deltaR = difference(node(.r, &model), &model)
    let deltaZ = difference(node(.z, &model), &model)
    let deltaPhi = wrapped(difference(node(.phi, &model), &model), &model)
    let step = step(deltaR, &model)
    let phiSlope = model.apply("Div", deltaPhi, step)
    let columns = features.edge.map { feature -> String in
      switch feature {
      case .deltaR: return deltaR
      case .deltaPhi: return deltaPhi
      case .deltaZ: return deltaZ
      case .deltaEta: return difference(node(.eta, &model), &model)
      case .phiSlope: return phiSlope
      case .rPhiSlope:
        let radii = model.apply(
          "Add", model.rows(node(.r, &model), at: start), model.rows(node(.r, &model), at: end))
        let product = model.apply("Mul", phiSlope, radii)
        return model.apply("Div", product, number(2, &model))
      case .z0:
        let rise = model.apply("Mul", model.rows(node(.r, &model), at: start), deltaZ)
        let share = model.apply("Div", rise, step)
        return model.apply("Sub", model.rows(node(.z, &model), at: start), share)
      case .zSlope: return model.apply("Div", deltaZ, step)
      }
    }
    return model.concatenate(columns, axis: 1)
  }

  /// A column [nodes, 1].
  private func node(_ feature: HitFeatureList.Node, _ model: inout ONNXModel) -> String {
    switch feature {
    case .x: column(0, &model)
    case .y: column(1, &model)
    case .z: column(2, &model)
    case .r: column(3, &model)
    case .phi: model.apply("Mul", column(4, &model), number(.pi, &model))
    case .eta: eta(&model)
    }
  }

  private func column(_ column: Int64, _ model: inout ONNXModel) -> String {
    model.apply(
      "Gather", "x", model.weight("column.\(column)", [column], shape: [1]),
      attributes: ["axis": .integer(1)])
  }

  /// asinh(z / r) in double precision.
  private func eta(_ model: inout ONNXModel) -> String {
    let r = model.apply("Max", column(3, &model), number(1e-9, &model))
    let z = cast(column(2, &model), to: .double, &model)
    let slope = model.apply("Div", z, cast(r, to: .double, &model))
    let size = model.apply("Abs", slope)
    let one = model.weight("one.double", [1.0 as Double], shape: [])
    let square = model.apply("Add", model.apply("Mul", size, size), one)
    let sum = model.apply("Add", size, model.apply("Sqrt", square))
    let signed = model.apply("Mul", model.apply("Sign", slope), model.apply("Log", sum))
    return cast(signed, to: .float, &model)
  }

  private func cast(
    _ name: String, to type: ONNXModel.ElementType, _ model: inout ONNXModel
  ) -> String {
    model.apply("Cast", name, attributes: ["to": .integer(type.rawValue)])
  }

  /// What the end has more than the start, [edges, 1].
  private func difference(_ column: String, _ model: inout ONNXModel) -> String {
    model.apply("Sub", model.rows(column, at: end), model.rows(column, at: start))
  }

  /// A difference of azimuths between -pi and pi.
  private func wrapped(_ angle: String, _ model: inout ONNXModel) -> String {
    let turn = number(2 * .pi, &model)
    let isHigh = model.apply("Greater", angle, number(.pi, &model))
    let lowered = model.apply("Where", isHigh, model.apply("Sub", angle, turn), angle)
    let isLow = model.apply("Less", lowered, number(-.pi, &model))
    return model.apply("Where", isLow, model.apply("Add", lowered, turn), lowered)
  }

  /// The difference of radius, of at least a millimetre.
  private func step(_ deltaR: String, _ model: inout ONNXModel) -> String {
    let least = HitFeatureList.smallestStep
    let isShort = model.apply("Less", model.apply("Abs", deltaR), number(least, &model))
    let isInward = model.apply("Less", deltaR, number(0, &model))
    let shortest = model.apply("Where", isInward, number(-least, &model), number(least, &model))
    return model.apply("Where", isShort, shortest, deltaR)
  }

  private func number(_ value: Float, _ model: inout ONNXModel) -> String {
    model.weight("number.\(value)", [value], shape: [])
  }
}

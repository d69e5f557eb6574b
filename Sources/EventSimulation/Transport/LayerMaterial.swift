/// What a layer does to the particles that cross it.
struct LayerMaterial: Sendable {
  /// Standard deviation of the projected scattering angle times momentum, at normal incidence; rad GeV/c.
  var scattering = 0.0
  /// Loss of momentum of a fast particle at normal incidence; GeV/c.
  var loss = 0.0
  /// Chance of a nuclear interaction at normal incidence.
  var interaction = 0.0

  /// A path through a layer is never longer than this, in its thickness.
  static let longestPath = 30.0

  /// The figures hold for the typical track above 0.5 GeV/c: standard deviation of the projected angle times momentum
  /// in mrad GeV/c, and loss of momentum in MeV/c, both read off the challenge's true momenta, and that track's path.
  private init(angle: Double, loss: Double, path: Double, interaction: Double) {
    scattering = angle * 1e-3 / path.squareRoot()
    self.loss = loss * 1e-3 / path
    self.interaction = interaction
  }

  /// Material of a sensor layer; interactions from where the challenge's secondaries are born.
  static func sensors(volume: Int32, layer: Int32) -> LayerMaterial {
    switch volume {
    case 8:
      let interaction = [0.0040, 0.0053, 0.0053, 0.0065][Int(layer) / 2 - 1]
      return LayerMaterial(angle: 1.3, loss: 0.57, path: 1.5, interaction: interaction)
    case 7, 9: return LayerMaterial(angle: 0.5, loss: 0.1, path: 1.1, interaction: 0.0057)
    case 13:
      let interaction = [0.012, 0.011, 0.012, 0.011][Int(layer) / 2 - 1]
      return LayerMaterial(angle: 1.85, loss: 0.76, path: 1.3, interaction: interaction)
    case 12, 14: return LayerMaterial(angle: 1.85, loss: 1.0, path: 1.1, interaction: 0.013)
    case 17: return LayerMaterial(angle: 2.5, loss: 1.0, path: 1.2, interaction: 0.013)
    default: return LayerMaterial(angle: 2.5, loss: 1.0, path: 1.2, interaction: 0.012)
    }
  }

  /// A cylinder without sensors: the beam pipe and two supports, by radius in mm.
  static let passiveCylinders: [(radius: Double, material: LayerMaterial)] = [
    (19, LayerMaterial(angle: 0.55, loss: 0.24, path: 2, interaction: 0.0016)),
    (200, LayerMaterial(angle: 0, loss: 0, path: 1, interaction: 0.0058)),
    (240, LayerMaterial(angle: 0, loss: 0, path: 1, interaction: 0.0010)),
  ]
}

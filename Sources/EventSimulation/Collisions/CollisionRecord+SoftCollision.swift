import Foundation

/// The soft collisions: inelastic proton-proton collisions at 14 TeV.
///
/// Where no other source is named, a number was fitted to 1,227 soft collisions of Pythia 8.317
/// (SoftQCD:inelastic): particles with pT > 0.1 GeV and |eta| < 4, by maximum likelihood in
/// multiplicity, pT and eta.
enum SoftCollisionModel {
  /// The share of collisions without charged particles in |eta| < 4: diffraction of low mass.
  static let empty = 0.062
  /// Three negative binomials of the charged multiplicity in that acceptance: chance, mean, shape.
  ///
  /// The form of ALICE's fits to LHC data, Eur. Phys. J. C 77 (2017) 852; the first holds the
  /// diffractive collisions.
  static let components = [(0.1859, 21.8, 15.4), (0.7401, 54.4, 1.418), (0.0740, 156.4, 19.8)]
  /// Of the charged particles in that acceptance, those that come from the collision itself.
  static let prompt = 0.897
  /// Kinds by chance, with the scale of the spectrum's temperature against that of pions.
  ///
  /// Chances: ALICE, Eur. Phys. J. C 80 (2020) 693 (13 TeV), electrons from Dalitz decays. The
  /// temperatures of kaons and protons are those that describe the K0s and Lambda in Pythia's
  /// events.
  static let kinds: [(kind: ParticleKind, chance: Double, temperature: Double)] = [
    (.pion, 0.825, 1), (.kaon, 0.108, 1.2), (.proton, 0.055, 1.2), (.positron, 0.0114, 0.6),
    (.antimuon, 0.0006, 1),
  ]
  /// Neutral and charged strange particles that decay in flight, and heavy hadrons, by prompt
  /// charged particle.
  ///
  /// The yields, and the temperatures below, are those that give the decay vertices of Pythia's
  /// events and the momenta of their daughters.
  static let kaonShorts = 0.040
  static let lambdas = 0.0140
  static let sigmas = 0.0140
  static let charms = 0.0056
  static let beauties = 0.0007

  /// The powers of the soft part of the spectrum, which is nearly exponential, and of the hard one.
  ///
  /// An exponential and a power law: Bylinkin and Rostovtsev, Phys. Atom. Nucl. 75 (2012) 999. The
  /// events do not tell the powers well; the hard one gives their few particles above 7.5 GeV.
  static let softPower = 30.0
  static let hardPower = 10.0

  /// A spectrum of pions in a collision with this mean multiplicity, at this rapidity: by chance
  /// the soft or hard part.
  static func spectrum(
    activity: Double, rapidity: Double, _ random: inout RandomSource
  ) -> TransverseMomentumSpectrum {
    let x = logarithm(activity)
    let hardPart = 0.1899 + x * (0.1722 + 0.0178 * x) - 0.0109 * (abs(rapidity) - 2)
    let temperature = 0.1637 * exp(0.0223 * x)
    return random.uniform() < hardPart
      ? TransverseMomentumSpectrum(
        temperature: 1.889 * exp(0.0336 * x) * temperature, power: hardPower)
      : TransverseMomentumSpectrum(temperature: temperature, power: softPower)
  }

  /// The logarithm of the activity in which the parameters were fitted, within the fitted range.
  private static func logarithm(_ activity: Double) -> Double {
    min(max(log(activity / 60), -2.5), 1.6)
  }

  /// The share of the charged particles with pT > 0.05 GeV and |eta| < 5 that the multiplicity
  /// counts.
  static func acceptance(activity: Double) -> Double {
    0.774 + 0.0292 * logarithm(activity)
  }

  /// A rapidity, from a distribution that is flat in the middle; collisions of low multiplicity lie
  /// forward.
  static func rapidity(activity: Double, _ random: inout RandomSource) -> Double {
    let curvature = 0.0169 + 0.0225 * logarithm(activity)
    // The distribution is exp(-curvature y² / 2); its greatest value is in the middle or at the
    // edge.
    let edge = 5.2
    let greatest = max(1, exp(-curvature * edge * edge / 2))
    while true {
      let y = random.uniform(-edge, edge)
      if random.uniform() * greatest < exp(-curvature * y * y / 2) { return y }
    }
  }
}

extension CollisionRecord {
  /// Adds the particles of a soft collision.
  mutating func addSoftCollision(_ random: inout RandomSource) {
    var left = random.uniform() - SoftCollisionModel.empty
    guard left >= 0 else { return }
    left /= 1 - SoftCollisionModel.empty
    for (chance, mean, shape) in SoftCollisionModel.components {
      left -= chance
      guard left < 0 else { continue }
      let activity = mean / shape * random.gammaNumber(shape: shape)
      addSoftParticles(activity: max(activity, 1), &random)
      return
    }
  }

  /// Adds soft particles, on average `activity` charged ones with pT > 0.1 GeV and |eta| < 4.
  mutating func addSoftParticles(activity: Double, _ random: inout RandomSource) {
    typealias Model = SoftCollisionModel
    let mean =
      activity * Model.prompt / Model.acceptance(activity: activity)
    for _ in 0..<random.poissonNumber(mean: mean) {
      // A particle outside the acceptance is drawn again: the number is that of the particles
      // inside.
      while !addSoftParticle(activity: activity, &random) {}
    }
    for _ in 0..<random.poissonNumber(mean: mean * Model.kaonShorts) {
      let momentum = softMomentum(of: TwoBodyDecay.kaonShort.parent, 1.25, activity, &random)
      add(.kaonShort, momentum: momentum, antiparticle: false, &random)
    }
    for _ in 0..<random.poissonNumber(mean: mean * Model.lambdas) {
      let momentum = softMomentum(of: .lambda, 1.3, activity, &random)
      add(.lambda, momentum: momentum, antiparticle: random.uniform() < 0.5, &random)
    }
    for _ in 0..<random.poissonNumber(mean: mean * Model.sigmas) {
      let chosen = random.uniform()
      // Half of the charged Sigma baryons are negative; of the others 48 % decay to a charged pion.
      let decay: TwoBodyDecay =
        chosen < 0.5 ? .sigmaMinus : chosen < 0.74 ? .sigmaPlusToPion : .sigmaPlusToProton
      let momentum = softMomentum(of: decay.parent, 1.3, activity, &random)
      add(decay, momentum: momentum, antiparticle: random.uniform() < 0.5, &random)
    }
    // Heavy quarks make harder hadrons than the temperature of the light ones.
    for _ in 0..<random.poissonNumber(mean: mean * Model.charms) {
      let charm = ParticleKind(pdg: 421, mass: HeavyDecay.charm.mass, charge: 0)
      add(.charm, momentum: softMomentum(of: charm, 3.7, activity, &random), &random)
    }
    for _ in 0..<random.poissonNumber(mean: mean * Model.beauties) {
      let beauty = ParticleKind(pdg: 511, mass: HeavyDecay.beauty.mass, charge: 0)
      add(.beauty, momentum: softMomentum(of: beauty, 4, activity, &random), &random)
    }
  }

  private mutating func addSoftParticle(
    activity: Double, _ random: inout RandomSource
  ) -> Bool {
    var left = random.uniform()
    var chosen = SoftCollisionModel.kinds[0]
    for entry in SoftCollisionModel.kinds {
      chosen = entry
      left -= entry.chance
      if left < 0 { break }
    }
    let kind = random.uniform() < 0.5 ? chosen.kind : chosen.kind.conjugate
    return add(
      kind, momentum: softMomentum(of: kind, chosen.temperature, activity, &random))
  }

  private func softMomentum(
    of kind: ParticleKind, _ temperature: Double, _ activity: Double,
    _ random: inout RandomSource
  ) -> SIMD3<Double> {
    let rapidity = SoftCollisionModel.rapidity(activity: activity, &random)
    var spectrum = SoftCollisionModel.spectrum(
      activity: activity, rapidity: rapidity, &random)
    spectrum.temperature *= temperature
    // Electrons come from decays of pions and have the shape of their spectrum.
    let transverse = spectrum.sample(mass: max(kind.mass, ParticleKind.pion.mass), &random)
    return Self.momentum(
      transverse: transverse, rapidity: rapidity, mass: kind.mass, &random)
  }
}

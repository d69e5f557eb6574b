import Foundation

/// The hard collision: a pair of top quarks, as a few jets and leptons on a soft collision of high
/// activity.
///
/// Numbers without another source were set by hand to the eight hard collisions of Pythia's events
/// (multiplicity, particles above 3 and 10 GeV, displaced ones).
enum TopPairModel {
  /// Charged particles with pT > 0.1 GeV and |eta| < 4 besides the jets; one standard deviation and
  /// the least.
  static let activity = (mean: 138.0, deviation: 75.0, least: 40.0)
  /// Chances of a W boson's decays: each lepton 10.8 %, else two quarks (Review of Particle
  /// Physics, 2024).
  static let lepton = 0.108
  /// Spread of the pseudorapidity of what the tops decay to.
  static let pseudorapidityDeviation = 1.15
  /// Mean number of jets radiated.
  static let radiatedJets = 2.4
  /// Charged particles of a jet of light quarks at 45.6 GeV and their growth with the energy's
  /// logarithm, and the peak of ln(1/z) there with its width: OPAL, Z. Phys. C 72 (1996) 191 and C
  /// 75 (1997) 193, and lower energies.
  static let jetMultiplicity = (mean: 10.4, slope: 3.1)
  static let jetPeak = (mean: 3.6, slope: 0.6, deviation: 1.15)
  /// Spread of the momentum across the jet's axis, each of two components, GeV (PETRA and LEP: mean
  /// about 0.4).
  static let transverseDeviation = 0.32
  /// Part of a jet's momentum that a beauty hadron takes (LEP and SLD average 0.71).
  static let beautyFraction = (mean: 0.71, deviation: 0.14)
}

extension CollisionRecord {
  /// Adds the particles of a collision that makes a pair of top quarks.
  mutating func addTopPair(_ random: inout RandomSource) {
    typealias Model = TopPairModel
    let activity = Model.activity.mean + Model.activity.deviation * random.normal()
    addSoftParticles(activity: max(activity, Model.activity.least), &random)
    for _ in 0..<2 {
      let beautyJet = hardMomentum(transverse: 12 + 24 * random.gammaNumber(shape: 2), &random)
      let part = Model.beautyFraction.mean + Model.beautyFraction.deviation * random.normal()
      let kept = min(max(part, 0.2), 0.97)
      add(.beauty, momentum: beautyJet * kept, &random)
      addJet(beautyJet * (1 - kept), &random)
      addDecayOfW(&random)
    }
    for _ in 0..<random.poissonNumber(mean: Model.radiatedJets) {
      addJet(hardMomentum(transverse: 20 + 32 * random.exponentialNumber(), &random), &random)
    }
  }

  private mutating func addDecayOfW(_ random: inout RandomSource) {
    let chosen = random.uniform() / TopPairModel.lepton
    let transverse = { (random: inout RandomSource) in 8 + 21 * random.gammaNumber(shape: 2) }
    guard chosen < 3 else {
      for _ in 0..<2 { addJet(hardMomentum(transverse: transverse(&random), &random), &random) }
      return
    }
    let momentum = hardMomentum(transverse: transverse(&random), &random)
    if chosen < 2 {
      let kind: ParticleKind = chosen < 1 ? .positron : .antimuon
      add(random.uniform() < 0.5 ? kind : kind.conjugate, momentum: momentum)
    } else {
      add(.tau, momentum: momentum, &random)
    }
  }

  private func hardMomentum(
    transverse: Double, _ random: inout RandomSource
  ) -> SIMD3<Double> {
    Self.momentum(
      transverse: transverse,
      rapidity: TopPairModel.pseudorapidityDeviation * random.normal(), mass: 0, &random)
  }

  /// Adds a jet of charged particles around the direction of a quark or gluon with this momentum
  /// (GeV).
  private mutating func addJet(_ jet: SIMD3<Double>, _ random: inout RandomSource) {
    typealias Model = TopPairModel
    let transverse = (jet.x * jet.x + jet.y * jet.y).squareRoot()
    let energy = max(transverse, 2)
    let axis = jet / (jet * jet).sum().squareRoot()
    let growth = log(energy / 45.6)
    let momentum = (jet * jet).sum().squareRoot()
    let count = random.poissonNumber(
      mean: max(Model.jetMultiplicity.mean + Model.jetMultiplicity.slope * growth, 1))
    for _ in 0..<count {
      let logarithm =
        Model.jetPeak.mean + Model.jetPeak.slope * growth
        + Model.jetPeak.deviation * random.normal()
      let along = momentum * exp(-max(logarithm, 0.05))
      var across =
        Model.transverseDeviation
        * SIMD3(
          random.normal(), random.normal(), random.normal())
      across -= axis * (across * axis).sum()
      let own = axis * along + across
      let chosen = random.uniform()
      let isAntiparticle = random.uniform() < 0.5
      // Neutral strange particles besides the charged ones: about 5 and 2 in 100 (LEP).
      if chosen < 0.05 {
        add(.kaonShort, momentum: own, antiparticle: false, &random)
      } else if chosen < 0.07 {
        add(.lambda, momentum: own, antiparticle: isAntiparticle, &random)
      } else {
        let kind: ParticleKind = chosen < 0.82 ? .pion : chosen < 0.94 ? .kaon : .proton
        add(isAntiparticle ? kind.conjugate : kind, momentum: own)
      }
    }
  }
}

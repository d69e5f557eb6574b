import Foundation

/// What the thresholds of edges are given in.
public enum EdgeScore: Sendable {
  case probability
  case logit

  var name: String {
    switch self {
    case .probability: "probability"
    case .logit: "logit"
    }
  }

  var thresholdLabel: String { "threshold (\(name))" }

  func threshold(ofLogit logit: Double) -> Double {
    switch self {
    case .probability: 1 / (1 + exp(-logit))
    case .logit: logit
    }
  }

  /// An axis over thresholds: of probabilities on the scale of their log-odds.
  func axis(over thresholds: [Double]) -> Axis {
    switch self {
    case .probability: Axis(label: thresholdLabel, logOddsOver: thresholds)
    case .logit: Axis(label: thresholdLabel, over: thresholds, toTicks: false)
    }
  }
}

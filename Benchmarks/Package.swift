// swift-tools-version: 6.2
import PackageDescription

let strict = Context.environment["TRACKFLOW_STRICT"] == "1"
let settings: [SwiftSetting] = strict ? [.treatAllWarnings(as: .error)] : []

let rooms = [
  "EventData", "EventSimulation", "GraphConstruction", "TrackScoring", "EdgeClassifier",
  "Reconstruction", "ArtifactStore",
]

let package = Package(
  name: "trackflow-benchmarks",
  dependencies: [.package(name: "trackflow", path: "..")],
  targets: [
    .target(name: "CMachinePeaks", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "trackflow-benchmarks",
      dependencies: ["CMachinePeaks"] + rooms.map { .product(name: $0, package: "trackflow") },
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

/// CI sets TRACKFLOW_STRICT, so that a warning fails the build there and never on a user's newer compiler.
let strict = Context.environment["TRACKFLOW_STRICT"] == "1"
let settings: [SwiftSetting] = strict ? [.treatAllWarnings(as: .error)] : []

/// The release program carries Swift's runtime, so that the one file runs on a machine without a toolchain.
/// Foundation's own C libraries are named here because its modules, compiled for shared linking, do not name them.
let staticRuntime: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-stdlib", "-L\(Context.packageDirectory)/.build/static-libraries"]
      + [
        "FoundationInternationalization", "CoreFoundation", "_FoundationICU", "_FoundationCShims",
        "_FoundationCollections",
      ].flatMap { ["-Xlinker", "-l\($0)"] },
    .when(platforms: [.linux], configuration: .release))
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// A room of the house: a library under Sources/ with its tests under Tests/.
func room(
  _ name: String, uses dependencies: [Target.Dependency], testsUse: [Target.Dependency] = [],
  testData: [String] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.byName(name: name), "TestSupport"] + dependencies + testsUse,
      exclude: testData, swiftSettings: settings),
  ]
}

/// The rooms that the package in Benchmarks/ measures.
let measured = [
  "EventData", "EventSimulation", "GraphConstruction", "TrackScoring", "EdgeClassifier",
  "Reconstruction", "ArtifactStore",
]

let package = Package(
  name: "trackflow",
  products: [.executable(name: "trackflow", targets: ["trackflow"])]
    + measured.map { .library(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "CNumericKernels",
      cSettings: [.unsafeFlags(["-O3", "-ffp-contract=fast", "-fno-math-errno"])]),
    .target(name: "CReconstructionWeights", exclude: ["Sets"]),
    .target(
      name: "TestSupport", dependencies: ["EventData", "Compression", "JSONDocument"],
      path: "Tests/TestSupport",
      swiftSettings: settings),
    .executableTarget(
      name: "trackflow",
      dependencies: [
        "EventData", "EventSimulation", "TrackScoring", "Reconstruction", "ArtifactStore",
        "Workflow", "Slurm", "Execution", "TerminalDisplay", "Stages", "Reporting", "Exchange",
        argumentParser, subprocess,
      ],
      swiftSettings: settings, linkerSettings: staticRuntime),
    .testTarget(
      name: "trackflowTests",
      dependencies: [
        "ArtifactStore", "EventSimulation", "JSONDocument", "Stages", "TestSupport", "Workflow",
      ],
      exclude: ["Golden"], swiftSettings: settings),
  ]
    + room("Compression", uses: ["CZstd"])
    + room("JSONDocument", uses: [])
    + room("EventData", uses: ["Compression", "CNumericKernels", "JSONDocument", crypto])
    + room("EventSimulation", uses: ["EventData"])
    + room("GraphConstruction", uses: ["EventData"], testsUse: ["EventSimulation"])
    + room(
      "EdgeClassifier",
      uses: ["GraphConstruction", "CNumericKernels", "JSONDocument", "TrackScoring"],
      testsUse: ["EventData"], testData: ["Fixtures"])
    + room("TrackBuilding", uses: ["GraphConstruction", "EventData"], testsUse: ["TrackScoring"])
    + room("TrackScoring", uses: ["EventData"])
    + room(
      "Reconstruction",
      uses: [
        "EventData", "EdgeClassifier", "TrackBuilding", "GraphConstruction", "CNumericKernels",
        "CReconstructionWeights", "Compression", "JSONDocument",
      ], testsUse: ["EventSimulation", "TrackScoring"])
    + room(
      "Exchange", uses: ["Compression", "EdgeClassifier", "JSONDocument"],
      testsUse: ["EventData", "GraphConstruction"])
    + room("ArtifactStore", uses: ["Compression", "JSONDocument", crypto, grdb, sqlite])
    + room("Workflow", uses: ["ArtifactStore", "JSONDocument"])
    + room("Slurm", uses: ["JSONDocument", subprocess, system])
    + room("Execution", uses: ["Workflow", "ArtifactStore", "Slurm", subprocess, system])
    + room("TerminalDisplay", uses: ["Execution", "Workflow"], testData: ["Golden"])
    + room(
      "Stages",
      uses: [
        "EventData", "EventSimulation", "GraphConstruction", "EdgeClassifier", "TrackBuilding",
        "Reconstruction", "TrackScoring", "Exchange", "Workflow", "Execution", "Reporting",
      ])
    + room(
      "Reporting", uses: ["JSONDocument", mustache], testData: ["Golden"]),
  swiftLanguageModes: [.v6]
)

import EdgeClassifier
import JSONDocument

extension ReconstructionWeights {
  /// The bytes of a file; equal weights give equal bytes.
  ///
  /// - Throws: `CompressionError` where memory is short.
  public func encoded() throws -> [UInt8] {
    var arrays: [WeightsArray] = []
    var passes: [JSONValue] = []
    for (index, pass) in chain.passes.enumerated() {
      let prefix = "pass\(index + 1)/"
      passes.append(.object(Self.members(of: pass)))
      arrays += Self.arrays(of: pass.doublets.pairs, prefix)
      let table = pass.doublets.table.levels(threshold: pass.doublets.threshold)
      let shape = [
        pass.doublets.pairs.pairs.count, CandidateTable.curvatureBins, CandidateTable.placeBins,
      ]
      arrays += [
        WeightsArray(prefix + "levels", .float32(table.levels)),
        WeightsArray(prefix + "table", shape: shape, .uint8(table.codes)),
      ]
      arrays += Self.arrays(of: pass.doublets.filter, prefix + "filter/")
      if let screen = pass.doublets.screen {
        arrays += Self.arrays(of: screen, prefix + "screen/")
      }
      arrays += Self.arrays(of: pass.triplets.network, prefix + "triplets/")
      if let lineGraph = pass.triplets.lineGraph {
        arrays += lineGraph.network.tensors.map {
          WeightsArray(prefix + "line/" + $0.name, shape: $0.shape, .float32($0.values))
        }
      }
      arrays += Self.arrays(of: pass.extender.pairs, prefix + "extension/")
      arrays += Self.arrays(of: pass.extender.network, prefix + "extension/")
    }
    arrays += Self.arrays(of: chain.companions.network, "companions/")
    let header: [(String, JSONValue)] = [
      ("name", .string(name)), ("layers", .array(layers.map { .integer(Int($0)) })),
      ("usesCells", .bool(usesCells)), ("passes", .array(passes)),
      (
        "companions",
        ["sizes": Self.sizes(chain.companions.network), "cut": .float(chain.companions.cut)]
      ),
      ("provenance", provenance.json),
    ]
    return try WeightsFile(
      header: header.map { JSONMember(name: $0.0, value: $0.1) }, arrays: arrays
    ).encoded()
  }

  private static func members(of pass: ReconstructionChain.Pass) -> [JSONMember] {
    let (doublets, triplets, paths) = (pass.doublets, pass.triplets, pass.paths)
    let limits: JSONValue =
      triplets.limits.map {
        ["mostCurvature": .float($0.mostCurvature), "mostKink": .float($0.mostKink)]
      } ?? .null
    let members: [(String, JSONValue)] = [
      (
        "doublets",
        [
          "mostCurvature": .float(doublets.table.mostCurvature),
          "threshold": .float(doublets.threshold), "sizes": sizes(doublets.filter),
          "cut": .float(doublets.cut), "turns": .bool(doublets.turns),
          "screen": doublets.screen.map {
            ["sizes": sizes($0), "cut": .float(doublets.screenCut)]
          } ?? .null,
        ]
      ),
      (
        "triplets",
        [
          "sizes": sizes(triplets.network), "cut": .float(triplets.cut), "limits": limits,
          "turns": .bool(triplets.turns), "lineGraph": lineGraph(of: triplets),
        ]
      ),
      (
        "paths",
        [
          "bias": .float(paths.bias), "threshold": .float(paths.threshold),
          "rounds": .array(paths.rounds.map { .float($0) }),
          "minimumHits": .integer(paths.minimumHits),
        ]
      ),
      (
        "extension",
        [
          "sizes": sizes(pass.extender.network), "cut": .float(pass.extender.cut),
          "mergeCut": .float(pass.extender.mergeCut), "rounds": .integer(pass.extender.rounds),
          "companionCut": .float(pass.extender.companions.cut),
        ]
      ),
    ]
    return members.map { JSONMember(name: $0.0, value: $0.1) }
  }

  private static func lineGraph(of triplets: TripletFinder) -> JSONValue {
    guard let network = triplets.lineGraph?.network else { return .null }
    return [
      "hidden": .integer(network.configuration.hidden),
      "passes": .integer(network.configuration.passes), "cut": .float(triplets.lineGraphCut),
    ]
  }

  private static func sizes(_ network: RowNetwork) -> JSONValue {
    .array(network.sizes.map { .integer($0) })
  }

  private static func arrays(of pairs: LayerPairs, _ prefix: String) -> [WeightsArray] {
    [
      WeightsArray(
        prefix + "pairs", shape: [pairs.pairs.count, 2],
        .int32(pairs.pairs.flatMap { [Int32($0.from), Int32($0.to)] })),
      WeightsArray(prefix + "share", .float32(pairs.pairs.map(\.share))),
      WeightsArray(prefix + "position", .int32(pairs.position)),
    ]
  }

  private static func arrays(of network: RowNetwork, _ prefix: String) -> [WeightsArray] {
    network.tensors.map { tensor in
      WeightsArray(
        prefix + tensor.name, shape: tensor.shape,
        tensor.halved == tensor.values ? .float16(tensor.values) : .float32(tensor.values))
    }
  }
}

extension JSONValue {
  /// A float as the fraction that reads back as the same.
  fileprivate static func float(_ value: Float) -> JSONValue { .number(Double(value)) }
}

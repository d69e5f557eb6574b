import EdgeClassifier
import EventData
import Foundation
import JSONDocument

extension ReconstructionWeights {
  /// Reads a file.
  ///
  /// - Throws: `WeightsError`.
  public init(contentsOf path: String) throws(WeightsError) {
    guard access(path, R_OK) == 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(file: path, reason: "it is a folder, or the reading failed")
    }
    try self.init(data, file: path)
  }

  /// Reads the bytes of a file, and checks that the parts fit each other.
  ///
  /// - Parameter file: the name that errors quote.
  public init(_ bytes: some Collection<UInt8>, file: String) throws(WeightsError) {
    let content = try WeightsFile(bytes, file: file)
    var parts = WeightsParts(file: file, root: .object(content.header), arrays: content.arrays)
    guard let layers = parts.root["layers"]?.arrayValue?.compactMap(\.intValue) else {
      throw parts.missing("layers")
    }
    let companions = try parts.member("companions", of: parts.root)
    let network = try parts.network(companions, "companions/", inputs: [CompanionFeatures.count])
    var passes: [ReconstructionChain.Pass] = []
    for (index, json) in (parts.root["passes"]?.arrayValue ?? []).enumerated() {
      passes.append(
        try parts.pass(json, "pass\(index + 1)/", layers: layers.count, companions: network))
    }
    guard !passes.isEmpty else { throw parts.missing("passes") }
    let chain = ReconstructionChain(
      passes: passes,
      companions: CompanionFinder(network: network, cut: try parts.float("cut", of: companions)))
    try parts.checkNothingIsLeft()
    guard let name = parts.root["name"]?.stringValue else { throw parts.missing("name") }
    guard let provenance = parts.root["provenance"].flatMap(WeightsProvenance.init(json:)) else {
      throw parts.missing("provenance")
    }
    self.init(
      name: name, rounded: chain, layers: layers.map { Int32(truncatingIfNeeded: $0) },
      usesCells: try parts.flag("usesCells", of: parts.root), provenance: provenance)
  }
}

/// The members and arrays of a file, taken one by one.
private struct WeightsParts {
  let file: String
  let root: JSONValue
  private var arrays: [String: WeightsArray]

  init(file: String, root: JSONValue, arrays: [WeightsArray]) {
    self.file = file
    self.root = root
    self.arrays = Dictionary(arrays.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func contradictory(_ reason: String) -> WeightsError {
    .contradictory(file: file, reason: reason)
  }

  func missing(_ name: String) -> WeightsError { contradictory("\"\(name)\" is missing") }

  func checkNothingIsLeft() throws(WeightsError) {
    guard let name = arrays.keys.min() else { return }
    throw contradictory("nothing here takes the array \(name); use a newer trackflow")
  }

  // MARK: - Members

  func member(_ name: String, of json: JSONValue) throws(WeightsError) -> JSONValue {
    guard let value = json[name] else { throw missing(name) }
    return value
  }

  func float(_ name: String, of json: JSONValue) throws(WeightsError) -> Float {
    guard let value = json[name]?.doubleValue, Float(value).isFinite else { throw missing(name) }
    return Float(value)
  }

  func count(_ name: String, of json: JSONValue) throws(WeightsError) -> Int {
    guard let value = json[name]?.intValue, value >= 0 else { throw missing(name) }
    return value
  }

  func flag(_ name: String, of json: JSONValue) throws(WeightsError) -> Bool {
    guard let value = json[name]?.boolValue else { throw missing(name) }
    return value
  }

  // MARK: - Arrays

  private mutating func take(_ name: String) throws(WeightsError) -> WeightsArray {
    guard let array = arrays.removeValue(forKey: name) else { throw missing(name) }
    return array
  }

  private mutating func floats(_ name: String) throws(WeightsError) -> [Float] {
    guard case .float32(let values) = try take(name).values else { throw missing(name) }
    return values
  }

  private mutating func integers(_ name: String) throws(WeightsError) -> [Int32] {
    guard case .int32(let values) = try take(name).values else { throw missing(name) }
    return values
  }

  mutating func network(
    _ json: JSONValue, _ prefix: String, inputs: [Int]
  ) throws(WeightsError) -> RowNetwork {
    let sizes = (json["sizes"]?.arrayValue ?? []).compactMap(\.intValue)
    guard let first = sizes.first, inputs.contains(first) else {
      throw contradictory(
        "\(prefix.dropLast()) takes \(sizes.first ?? 0) features,"
          + " this program computes \(inputs.map(String.init).joined(separator: " or "))")
    }
    var tensors: [NamedTensor] = []
    let names =
      ["mean", "scale"]
      + (0..<sizes.count - 1).flatMap { layer in
        ["\(2 * layer).weight", "\(2 * layer).bias"]
      }
    for name in names {
      let array = try take(prefix + name)
      switch array.values {
      case .float32(let values), .float16(let values):
        tensors.append(NamedTensor(name: name, shape: array.shape, values: values))
      case .int32, .uint8: throw missing(prefix + name)
      }
    }
    do {
      return try RowNetwork(sizes: sizes, tensors: tensors)
    } catch {
      throw contradictory("\(prefix.dropLast()): \(error)")
    }
  }

  mutating func pairs(_ prefix: String, layers: Int) throws(WeightsError) -> LayerPairs {
    let (ends, share) = (try integers(prefix + "pairs"), try floats(prefix + "share"))
    let position = try integers(prefix + "position")
    let range = 0..<layers
    guard ends.count == 2 * share.count, position.count == layers,
      ends.allSatisfy({ range.contains(Int($0)) }),
      position.allSatisfy({ range.contains(Int($0)) }),
      share.indices.allSatisfy({
        position[Int(ends[2 * $0])] < position[Int(ends[2 * $0 + 1])]
      })
    else { throw contradictory("\(prefix)pairs join layers that are not there, or go round") }
    return LayerPairs(
      pairs: share.indices.map {
        LayerPairs.Pair(from: Int(ends[2 * $0]), to: Int(ends[2 * $0 + 1]), share: share[$0])
      }, position: position)
  }

  mutating func pass(
    _ json: JSONValue, _ prefix: String, layers: Int, companions: RowNetwork
  ) throws(WeightsError) -> ReconstructionChain.Pass {
    let pairs = try pairs(prefix, layers: layers)
    let levels = try floats(prefix + "levels")
    guard case .uint8(let codes) = try take(prefix + "table").values, levels.count == 256,
      levels.allSatisfy(\.isFinite), codes.count == pairs.pairs.count * CandidateTable.cells
    else { throw contradictory("\(prefix)table is not that of its layer pairs") }
    let (doublets, triplets) = (try member("doublets", of: json), try member("triplets", of: json))
    let paths = try member("paths", of: json)
    var limits: TripletLimits?
    if let json = triplets["limits"], json != .null {
      limits = TripletLimits(
        mostCurvature: try float("mostCurvature", of: json),
        mostKink: try float("mostKink", of: json))
    }
    let ending = try member("extension", of: json)
    var finder = TripletFinder(
      network: try network(
        triplets, prefix + "triplets/",
        inputs: [TripletFeatures.count, TripletFeatures.richCount]),
      cut: try float("cut", of: triplets), limits: limits, turns: try flag("turns", of: triplets))
    if let line = triplets["lineGraph"], line != .null {
      finder.lineGraph = try lineGraph(line, prefix + "line/")
      finder.lineGraphCut = try float("cut", of: line)
    }
    // A nil literal would be a JSON null here.
    let screen = doublets["screen"] == .null ? Optional<JSONValue>.none : doublets["screen"]
    return ReconstructionChain.Pass(
      doublets: DoubletFinder(
        pairs: pairs,
        table: CandidateTable(
          mostCurvature: try float("mostCurvature", of: doublets),
          TableLevels(levels: levels, codes: codes)),
        threshold: try float("threshold", of: doublets),
        filter: try network(doublets, prefix + "filter/", inputs: [DoubletFeatures.count]),
        cut: try float("cut", of: doublets), turns: try flag("turns", of: doublets),
        screen: try screenNetwork(screen, prefix),
        screenCut: screen == nil ? 0 : try float("cut", of: screen ?? .null)),
      triplets: finder,
      paths: PathFinder(
        bias: try float("bias", of: paths), threshold: try float("threshold", of: paths),
        rounds: (paths["rounds"]?.arrayValue ?? []).compactMap { $0.doubleValue.map { Float($0) } },
        minimumHits: try count("minimumHits", of: paths)),
      extender: TrackExtender(
        pairs: try self.pairs(prefix + "extension/", layers: layers),
        network: try network(ending, prefix + "extension/", inputs: [ExtensionFeatures.count]),
        cut: try float("cut", of: ending), mergeCut: try float("mergeCut", of: ending),
        rounds: try count("rounds", of: ending),
        companions: CompanionFinder(
          network: companions, cut: try float("companionCut", of: ending))))
  }

  private mutating func screenNetwork(
    _ json: JSONValue?, _ prefix: String
  ) throws(WeightsError) -> RowNetwork? {
    guard let json else { return nil }
    return try network(json, prefix + "screen/", inputs: [DoubletFeatures.placeCount])
  }

  private mutating func lineGraph(
    _ json: JSONValue, _ prefix: String
  ) throws(WeightsError) -> LineGraphNetwork {
    let (hidden, passes) = (try count("hidden", of: json), try count("passes", of: json))
    var tensors: [NamedTensor] = []
    for name in arrays.keys.sorted() where name.hasPrefix(prefix) {
      let array = try take(name)
      guard case .float32(let values) = array.values else { throw missing(name) }
      tensors.append(
        NamedTensor(
          name: String(name.dropFirst(prefix.count)), shape: array.shape, values: values))
    }
    do {
      return try LineGraphNetwork(
        MessagePassingNetwork(
          configuration: LineGraphNetwork.configuration(hidden: hidden, passes: passes),
          tensors: tensors))
    } catch {
      throw contradictory("\(prefix.dropLast()): \(error)")
    }
  }
}

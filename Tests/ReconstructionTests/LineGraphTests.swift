import EdgeClassifier
import Reconstruction
import Testing

@Suite("The graph over doublets, linked by triplets")
struct LineGraphTests {
  private let fixture: LineGraphFixture
  private let builder = LineGraphBuilder(turns: true)

  init() throws { fixture = try LineGraphFixture(particles: 40) }

  private func graph(of triplets: TripletSet, threads: Int = 1) -> MessageGraph {
    builder.graph(
      of: triplets, doublets: fixture.doublets, event: fixture.event, meanWeight: 0.02,
      threads: threads)
  }

  /// Every third triplet, so that some doublets are in none.
  private var some: TripletSet {
    let kept = stride(from: 0, to: fixture.triplets.count, by: 3)
    return TripletSet(
      first: kept.map { fixture.triplets.first[$0] },
      second: kept.map { fixture.triplets.second[$0] },
      score: kept.map { fixture.triplets.score[$0] })
  }

  @Test("Nodes are the doublets of the triplets in their order, and know what doublets know")
  func nodes() {
    let (triplets, doublets) = (some, fixture.doublets)
    let used = Set(triplets.first + triplets.second).sorted()
    let graph = graph(of: triplets)
    #expect(graph.nodeCount == used.count && used.count < doublets.count)
    #expect(graph.ends.start.map { used[Int($0)] } == triplets.first)
    #expect(graph.ends.end.map { used[Int($0)] } == triplets.second)
    for (node, doublet) in used.enumerated() {
      let row = graph.nodeFeatures.base + node * LineGraphFeatures.node
      let slope = doublets.slope[Int(doublet)]
      #expect(row[22] == doublets.score[Int(doublet)])
      #expect(abs(row[23] - abs(doublets.curvature[Int(doublet)]) * 300) < 1e-5)
      #expect(row[24] == row[2])
      #expect(abs(row[25] - slope / (1 + 0.3 * abs(slope))) < 1e-5)
      #expect(abs(row[5] - 0.003 * LineGraphFixture.radii[0]) < 1e-5 || row[5] > 0.1)
    }
  }

  @Test("Links know what triplets know, and the perceptron's logit")
  func links() {
    let triplets = some
    let graph = graph(of: triplets)
    #expect(graph.edgeCount == triplets.count)
    for link in 0..<triplets.count {
      let row = graph.edgeFeatures.base + link * LineGraphFeatures.link
      #expect(row[0] == fixture.doublets.score[Int(triplets.first[link])])
      #expect(row[1] == fixture.doublets.score[Int(triplets.second[link])])
      let middle = Int(fixture.doublets.to[Int(triplets.first[link])])
      let r = LineGraphFixture.radii[Int(fixture.hits.layer[middle])]
      #expect(abs(row[16] - 0.003 * r) < 1e-5)
      #expect(row[31] == triplets.score[link])
    }
  }

  @Test("Groups are the doublets of one start hit, and those of one end hit")
  func groups() {
    let triplets = some
    let used = Set(triplets.first + triplets.second).sorted()
    let groups = graph(of: triplets).groupOfNodes
    #expect(groups.count == 2)
    for (group, hits) in zip(groups, [fixture.doublets.from, fixture.doublets.to]) {
      let pairs = zip(group, used).map { [$0, hits[Int($1)]] }
      let (numbers, own) = (Set(group), Set(used.map { hits[Int($0)] }))
      #expect(Set(pairs).count == own.count && numbers.count == own.count)
      #expect(numbers == Set(0..<Int32(own.count)))
    }
  }

  @Test("Three hits of one particle are true and count by the middle one's weight")
  func labels() throws {
    let triplets = fixture.triplets
    let graph = graph(of: triplets)
    let weights = try #require(graph.weights)
    for link in 0..<triplets.count {
      let (first, second) = (Int(triplets.first[link]), Int(triplets.second[link]))
      let doublets = fixture.doublets
      let own = [doublets.from[first], doublets.to[first], doublets.to[second]]
      let particles = Set(own.map { fixture.truth.particle[Int($0)] })
      #expect(graph.label[link] == (particles.count == 1 ? 1 : 0))
      let weight = 0.3 + 0.7 * fixture.truth.weight[Int(own[1])] / 0.02
      #expect(weights.values[link] == (particles.count == 1 ? weight : 1))
    }
    #expect(graph.trueEdgeCount == 40 * 4)
    let size = LineGraphSize(
      of: triplets, doublets: fixture.doublets, truth: fixture.truth, meanWeight: 0.02)
    #expect(size.trueLinks == graph.trueEdgeCount && size.nodes == graph.nodeCount)
    #expect(abs(size.trueWeight - weights.trueSum) < 1e-9)
  }

  @Test("Sectors hold every link once, and begin elsewhere in another event")
  func sectors() {
    func cut(_ event: Int) -> [TripletSet] {
      LineGraphSectors(count: 5, event: event).cut(
        fixture.triplets, doublets: fixture.doublets, hits: fixture.hits)
    }
    let parts = cut(7)
    #expect(parts.count == 5 && parts.allSatisfy { $0.count > 0 })
    let links = parts.flatMap { zip($0.first, $0.second).map { [$0, $1] } }
    let all = zip(fixture.triplets.first, fixture.triplets.second).map { [$0, $1] }
    #expect(links.count == all.count && Set(links) == Set(all))
    #expect(parts.allSatisfy { zip($0.first, $0.first.dropFirst()).allSatisfy(<=) })
    #expect(cut(7).map(\.first) == parts.map(\.first))
    #expect(cut(8).map(\.first) != parts.map(\.first))
  }

  @Test("A mirror changes the signs of z0, slope and the change of slope, and nothing else")
  func mirror() throws {
    let mirrored = try LineGraphFixture(particles: 40, isMirrored: true)
    let plain = graph(of: fixture.triplets)
    let other = builder.graph(
      of: mirrored.triplets, doublets: mirrored.doublets, hits: mirrored.hits)
    let columns = LineGraphFeatures.mirror
    func expect(_ a: FloatBuffer, _ b: FloatBuffer, width: Int, flipped: [Int]) {
      for place in 0..<a.count {
        let sign: Float = flipped.contains(place % width) ? -1 : 1
        #expect(abs(a.base[place] - sign * b.base[place]) < 1e-4, "column \(place % width)")
      }
    }
    expect(
      plain.nodeFeatures, other.nodeFeatures, width: LineGraphFeatures.node, flipped: columns.node)
    expect(
      plain.edgeFeatures, other.edgeFeatures, width: LineGraphFeatures.link, flipped: columns.edge)
  }

  @Test("Scores are those of the network on the graph, whatever the threads")
  func scores() throws {
    let network = try LineGraphNetwork(
      MessagePassingNetwork(
        configuration: LineGraphNetwork.configuration(hidden: 12, passes: 2), seed: 3))
    func scores(_ threads: Int) -> [Float] {
      network.scores(
        of: fixture.triplets, doublets: fixture.doublets, hits: fixture.hits, turns: true,
        threads: threads)
    }
    let one = scores(1)
    #expect(one.count == fixture.triplets.count && one.allSatisfy(\.isFinite))
    #expect(scores(3) == one)
    #expect(one != fixture.triplets.score)
  }

  @Test("The finder drops what the network believes less than its cut, and keeps the order")
  func finder() throws {
    let perceptron = try RowNetwork(sizes: [TripletFeatures.count, 8, 1], seed: 1)
    var finder = TripletFinder(network: perceptron, cut: -100, limits: nil, turns: true)
    func found() -> TripletSet {
      finder.triplets(of: fixture.doublets, hits: fixture.hits).triplets
    }
    let plain = found()
    let network = try LineGraphNetwork(
      MessagePassingNetwork(
        configuration: LineGraphNetwork.configuration(hidden: 8, passes: 1), seed: 5))
    let scores = network.scores(
      of: plain, doublets: fixture.doublets, hits: fixture.hits, turns: true)
    finder.lineGraph = network
    finder.lineGraphCut = scores.sorted()[scores.count / 2]
    let kept = scores.indices.filter { scores[$0] >= finder.lineGraphCut }
    let judged = found()
    #expect(judged.score == kept.map { scores[$0] })
    #expect(judged.first == kept.map { plain.first[$0] })
    #expect(judged.second == kept.map { plain.second[$0] })
  }
}

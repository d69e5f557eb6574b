import Foundation
import JSONDocument

/// An event for the event display Phoenix.
///
/// A file is an object with a member for each event. Source: guides/developers/event_data_format.md
/// of HSF/phoenix, and phoenix-loader.ts there: collections have names of their own over all types
/// and are never empty, a track with fewer than three places is not drawn, colours are hexadecimal digits.
/// Numbers of particles pass 2^53, beyond which JavaScript knows no single whole numbers, so ids are strings.
public struct PhoenixEvent: Sendable {
  /// A track, from its first to its last hit.
  public struct Track: Sendable {
    public var id: Int64
    /// x, y, z of the hits in mm, in the order in which the track meets them.
    public var hits: [SIMD3<Double>]
    /// The particle that made most of the hits; nil where there is none or that is not known.
    public var particle: Int64?
    /// The share of the hits that it made.
    public var purity: Double?
    /// Six hexadecimal digits.
    public var colour: String

    public init(
      id: Int64, hits: [SIMD3<Double>], particle: Int64? = nil, purity: Double? = nil,
      colour: String
    ) {
      self.id = id
      self.hits = hits
      self.particle = particle
      self.purity = purity
      self.colour = colour
    }
  }

  public var number: Int
  /// What it is of.
  public var run: String
  public var tracks: [(name: String, tracks: [Track])] = []
  public var hits: [(name: String, places: [SIMD3<Double>])] = []

  public init(number: Int, run: String) {
    self.number = number
    self.run = run
  }

  /// A file of events.
  public static func json(of events: [PhoenixEvent]) -> JSONValue {
    .object(events.map { JSONMember(name: "Event \($0.number)", value: $0.json) })
  }

  var json: JSONValue {
    var members = [
      JSONMember(name: "event number", value: .integer(number)),
      JSONMember(name: "run number", value: .string(run)),
    ]
    func add(_ type: String, _ collections: [JSONMember]) {
      guard !collections.isEmpty else { return }
      members.append(JSONMember(name: type, value: .object(collections)))
    }
    add(
      "Tracks",
      tracks.compactMap { name, tracks in
        let drawn = tracks.filter { $0.hits.count >= 3 }
        guard !drawn.isEmpty else { return nil }
        return JSONMember(name: name, value: .array(drawn.map(\.json)))
      })
    add(
      "Hits",
      hits.filter { !$0.places.isEmpty }.map { name, places in
        JSONMember(name: name, value: .array(places.map(Self.json)))
      })
    return .object(members)
  }

  /// To a thousandth of a millimetre.
  static func json(_ place: SIMD3<Double>) -> JSONValue {
    .array([place.x, place.y, place.z].map { rounded($0, 1000) })
  }

  static func rounded(_ value: Double, _ scale: Double) -> JSONValue {
    .number((value * scale).rounded() / scale)
  }
}

extension PhoenixEvent.Track {
  fileprivate var json: JSONValue {
    var members = [
      JSONMember(name: "pos", value: .array(hits.map(PhoenixEvent.json))),
      JSONMember(name: "color", value: .string(colour)),
    ]
    if let perigee = PerigeeEstimate(hits: hits) {
      members += [
        JSONMember(
          name: "dparams",
          value: .array([
            PhoenixEvent.rounded(perigee.d0, 1000), PhoenixEvent.rounded(perigee.z0, 1000),
            PhoenixEvent.rounded(perigee.phi, 1e6), PhoenixEvent.rounded(perigee.theta, 1e6),
            PhoenixEvent.rounded(perigee.qOverP, 1e12),
          ])),
        JSONMember(name: "phi", value: PhoenixEvent.rounded(perigee.phi, 1e6)),
        JSONMember(name: "eta", value: PhoenixEvent.rounded(perigee.eta, 1e6)),
        JSONMember(name: "pT", value: PhoenixEvent.rounded(perigee.pT, 1e6)),
      ]
    }
    members.append(JSONMember(name: "track_id", value: .string(String(id))))
    if let particle {
      members.append(JSONMember(name: "particle_id", value: .string(String(particle))))
    }
    if let purity {
      members.append(JSONMember(name: "purity", value: PhoenixEvent.rounded(purity, 1e6)))
    }
    return .object(members)
  }
}

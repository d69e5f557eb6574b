import EventData
import Foundation
import TestSupport

/// Texts of small, right files that tests damage.
enum SmallFiles {
  static let hits = """
    hit_id,x,y,z,volume_id,layer_id,module_id
    1,-72.7348,-9.86211,-1502.5,7,2,1
    2,0.0366146,12.5,0,8,4,17
    4,1e2,-0.5,1302,13,2,300

    """
  static let truth = """
    hit_id,particle_id,tx,ty,tz,tpx,tpy,tpz,weight
    1,391813169846222848,-72.7441,-9.8648,-1502.5,-1.14752,-0.166165,-23.9891,1.41318e-05
    2,0,0,0,0,-536408.0,1e+06,1,0
    4,4503599644147712,1,2,3,4,5,6,0.25

    """
  static let particles = """
    particle_id,vx,vy,vz,px,py,pz,q,nhits
    4503599644147712,-0.0366146,0.0104469,-7.10422,-0.459619,-0.468398,-0.333666,-1,12
    391813169846222848,0,0,1,2,3,4,1,3

    """
  static let cells = """
    hit_id,ch0,ch1,value
    1,250,769,0.279469
    1,251,769,0.1
    4,71,1232,1

    """

  /// Writes a whole event and gives its folder.
  static func event(
    _ id: Int = 7, in folder: TemporaryFolder, hits: String = hits, truth: String = truth,
    cells: String = cells
  ) throws -> EventFolder {
    let texts = [
      (EventFile.hits, hits), (.truth, truth), (.particles, particles), (.cells, cells),
    ]
    for (file, text) in texts {
      _ = try folder.write(text, to: EventFolder.fileName(of: file, event: id))
    }
    return try EventFolder(path: folder.path)
  }

  /// A number in the forms that files hold, as text.
  static func randomNumber(_ random: inout SeededGenerator) -> String {
    let sign = Bool.random(using: &random) ? "-" : ""
    func digits(_ range: ClosedRange<Int>) -> String {
      (0..<Int.random(in: range, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }.joined()
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return sign + digits(1...4) + "." + digits(1...4)
    case 1: return sign + "0." + digits(1...12)
    case 2: return sign + digits(1...9)
    case 3: return sign + digits(1...1) + "." + digits(1...6) + "e-" + digits(2...2)
    case 4: return sign + digits(1...20) + "." + digits(0...20)
    case 5: return sign + digits(1...2) + "." + digits(1...17) + "E+" + digits(1...2)
    case 6:
      let value = Double(bitPattern: random.next())
      return value.isFinite ? "\(value)" : "0"
    default: return "\(Double(sign + digits(1...3) + "." + digits(13...13))!)"
    }
  }
}

import EventData
import Foundation

extension TrackMLDetector {
  /// The modules as the challenge's table lists them, numbers cut to its six digits.
  public static func table() -> DetectorTable {
    var table = DetectorTable()
    for module in modules {
      table.volumeID.append(module.volume)
      table.layerID.append(module.layer)
      table.moduleID.append(module.module)
      table.cx.append(sixDigits(module.centre.x))
      table.cy.append(sixDigits(module.centre.y))
      table.cz.append(sixDigits(module.centre.z))
      for axis in 0..<3 {
        for column in [module.axisU, module.axisV, module.axisW] {
          table.rotation.append(sixDigits(column[axis]))
        }
      }
      table.thickness.append(module.thickness)
      table.minimumHalfWidth.append(module.minimumHalfU)
      table.maximumHalfWidth.append(module.maximumHalfU)
      table.halfLength.append(module.halfV)
      table.pitchU.append(module.pitchU)
      table.pitchV.append(module.pitchV)
    }
    return table
  }

  /// A number to six significant digits; what only rounding keeps from zero is zero.
  private static func sixDigits(_ value: Double) -> Double {
    guard abs(value) > 1e-10 else { return 0 }
    let scale = pow(10, 5 - log10(abs(value)).rounded(.down))
    return (value * scale).rounded() / scale
  }
}

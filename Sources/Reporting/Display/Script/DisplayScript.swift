/// The script of a display's page, in pieces that are put one after another; they share one scope.
enum DisplayScript {
  /// The whole display.
  static let display = viewer + [panel, main]

  /// What shows an event, without switches.
  private static let viewer = [
    decode, event, layers, colours, outline, raster, flat, pointer, shaders, scene, marks, pick,
    stage, details,
  ]
}

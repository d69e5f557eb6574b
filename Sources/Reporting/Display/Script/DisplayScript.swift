/// The scripts of pages that show an event, in pieces that are put one after another; they share one scope.
enum DisplayScript {
  /// The display of an event.
  static let display = viewer + [details, panel, main]
  /// The gallery of a few figures of one event.
  static let figures = viewer + [gallery]

  /// What shows an event, without switches.
  private static let viewer = [
    decode, event, layers, colours, outline, raster, flat, pointer, shaders, scene, marks, pick,
    stage,
  ]
}

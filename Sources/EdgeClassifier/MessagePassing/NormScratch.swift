/// Rows of one tile for every worker while they go through a layer norm of states.
struct NormScratch {
  fileprivate let rows: [FloatBuffer]
  fileprivate let factors: FloatBuffer
  fileprivate let width: Int

  func normalised(_ tile: RowTile) -> UnsafeMutablePointer<Float> { place(rows[0], tile) }
  func out(_ tile: RowTile) -> UnsafeMutablePointer<Float> { place(rows[1], tile) }

  func inverse(_ tile: RowTile) -> UnsafeMutablePointer<Float> {
    factors.base + tile.worker * RowLoop.tileRows
  }

  private func place(_ buffer: FloatBuffer, _ tile: RowTile) -> UnsafeMutablePointer<Float> {
    buffer.base + tile.worker * RowLoop.tileRows * width
  }
}

extension MessageRun {
  func normScratch(_ name: String) -> NormScratch {
    NormScratch(
      rows: [
        tileBuffer("\(name) normalised", columns: width),
        tileBuffer("\(name) normed", columns: width),
      ], factors: tileBuffer("\(name) factors", columns: 1), width: width)
  }
}

import CZstd

/// Zstandard frames (RFC 8878) through the system's libzstd.
public enum Zstandard {
  /// Compresses bytes into one frame that declares its size and carries a checksum of its content.
  public static func compress(_ bytes: UnsafeRawBufferPointer, level: Int32 = 3)
    throws(CompressionError) -> [UInt8]
  {
    guard let context = ZSTD_createCCtx() else { throw .outOfMemory }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var written = 0
    let output = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) {
      buffer, count in
      written = ZSTD_compress2(
        context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count)
      count = ZSTD_isError(written) == 0 ? written : 0
    }
    guard ZSTD_isError(written) == 0 else { throw .damaged(reason(written)) }
    return output
  }

  /// Decompresses one frame or several that follow each other.
  ///
  /// - Parameters:
  ///   - bytes: whole frames and nothing behind them.
  ///   - limit: the most bytes that may come out; a frame that would give more is refused.
  /// - Throws: `CompressionError` where the frames are truncated, fail their checksum or pass the limit.
  public static func decompress(_ bytes: UnsafeRawBufferPointer, limit: Int)
    throws(CompressionError) -> [UInt8]
  {
    guard let context = ZSTD_createDCtx() else { throw .outOfMemory }
    defer { ZSTD_freeDCtx(context) }
    if let whole = try decompressWhole(bytes, limit: limit, context: context) { return whole }
    // A window of 128 MiB bounds the memory that a crafted frame can ask for.
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27)
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var output: [UInt8] = []
    let declared = ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
    // What a frame says of its size is believed only as far as its own size makes it likely.
    if declared <= UInt64(limit) {
      output.reserveCapacity(min(Int(declared), max(1 << 20, 64 * bytes.count)))
    }
    let chunkSize = ZSTD_DStreamOutSize()
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { chunk.deallocate() }
    var remaining = 1
    while true {
      var buffer = ZSTD_outBuffer(dst: chunk.baseAddress, size: chunkSize, pos: 0)
      let before = input.pos
      remaining = ZSTD_decompressStream(context, &buffer, &input)
      guard ZSTD_isError(remaining) == 0 else { throw .damaged(reason(remaining)) }
      guard output.count + buffer.pos <= limit else { throw .tooLarge(limit: limit) }
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<buffer.pos]))
      // A frame that ends exactly with a chunk leaves nothing to flush.
      if input.pos == input.size && (remaining == 0 || buffer.pos < chunkSize) { break }
      if input.pos == before && buffer.pos == 0 { break }
    }
    guard remaining == 0 else { throw .damaged("the compressed data end too early") }
    return output
  }

  /// The content of the one frame that declares its size, without a copy on the way; nil for anything else.
  private static func decompressWhole(
    _ bytes: UnsafeRawBufferPointer, limit: Int, context: OpaquePointer
  ) throws(CompressionError) -> [UInt8]? {
    let declared = ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
    guard declared < UInt64(Int.max),
      ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count) == bytes.count
    else { return nil }
    guard declared <= UInt64(max(0, limit)) else { throw .tooLarge(limit: limit) }
    var written = 0
    let output = [UInt8](unsafeUninitializedCapacity: Int(declared)) { buffer, count in
      written = ZSTD_decompressDCtx(
        context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count)
      count = ZSTD_isError(written) == 0 ? written : 0
    }
    guard ZSTD_isError(written) == 0 else { throw .damaged(reason(written)) }
    return output
  }

  private static func reason(_ code: Int) -> String { String(cString: ZSTD_getErrorName(code)) }
}

/// Why bytes could not be compressed or decompressed.
public enum CompressionError: Error, Equatable, CustomStringConvertible {
  case damaged(String)
  /// A form of compressed file that is not read.
  case unsupported(String)
  case tooLarge(limit: Int)
  case outOfMemory
  /// The system's gzip could not be started.
  case noGzip(String)
  /// The file that gzip reads from could not be written.
  case noTemporaryFile(String)

  public var description: String {
    switch self {
    case .damaged(let reason): "damaged compressed data: \(reason)"
    case .unsupported(let reason): "cannot be unpacked: \(reason)"
    case .tooLarge(let limit): "the compressed data unpack to more than \(limit) bytes"
    case .outOfMemory: "out of memory while (de)compressing"
    case .noGzip(let reason): "the program gzip could not be run: \(reason)"
    case .noTemporaryFile(let reason): "a temporary file could not be written: \(reason)"
    }
  }
}

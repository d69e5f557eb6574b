/// Reads the rows of a CSV file into columns, a block of rows at a time and there column by column.
///
/// The blocks are small enough that text, field ends and columns stay in the innermost cache. Plain
/// rows go through the loops of `CSVRows+Columns`; a row with anything unusual in it is read by
/// `CSVRows+OneRow`, which also finds the words for what is wrong with it.
struct CSVRows {
  let bytes: UnsafeBufferPointer<UInt8>
  let raw: UnsafeRawPointer
  let file: String
  let fields: [CSVHeader.Field]
  /// Where each field's column begins in memory; nil for fields that are passed over.
  let destinations: [UnsafeMutableRawPointer?]
  let powersOfTen: UnsafePointer<Double>
  /// The most rows that the columns hold.
  let capacity: Int
  /// Ends of fields in a plain row: CR LF makes two at the end of the line.
  let stride: Int
  /// The byte that ends each field of a plain row.
  let terminators: [UInt8]
  var ends: FieldEnds
  var start: Int
  var count = 0

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, header: CSVHeader,
    destinations: [UnsafeMutableRawPointer?], powersOfTen: UnsafePointer<Double>, capacity: Int
  ) {
    self.bytes = bytes
    raw = UnsafeRawPointer(bytes.baseAddress!)
    self.file = file
    fields = header.fields
    self.destinations = destinations
    self.powersOfTen = powersOfTen
    self.capacity = capacity
    start = header.end
    var terminators = [UInt8](repeating: CSVByte.comma, count: fields.count - 1)
    terminators += header.endsInCRLF ? [CSVByte.carriageReturn] : []
    self.terminators = terminators + [CSVByte.lineFeed]
    stride = self.terminators.count
    ends = FieldEnds(bytes: raw, count: bytes.count, start: header.end, fieldCount: stride)
  }

  /// A reading of part of the text of another into rows `row..<limit` of the same columns.
  ///
  /// Loops over columns may write past a row that turns out not to be plain, but never past the limit.
  init(
    part bytes: UnsafeBufferPointer<UInt8>, of whole: CSVRows, start: Int, row: Int, limit: Int
  ) {
    self.bytes = bytes
    raw = whole.raw
    file = whole.file
    fields = whole.fields
    destinations = whole.destinations
    powersOfTen = whole.powersOfTen
    capacity = limit
    stride = whole.stride
    terminators = whole.terminators
    ends = FieldEnds(bytes: raw, count: bytes.count, start: start, fieldCount: stride)
    self.start = start
    count = row
  }

  /// Reads all rows.
  ///
  /// - Returns: false where there are more rows than the columns hold.
  mutating func read() throws -> Bool {
    // Words are loaded backwards from a field's end, so the header must be longer than two of them.
    var slowRows = start < 16 ? Int.max : 0
    var slowRunLength = 1
    while start < bytes.count {
      if slowRows > 0 {
        guard count < capacity else { return try !nextRow() }
        guard try nextRow() else { return true }
        slowRows -= 1
        if slowRows == 0 { ends.skip(to: start) }
        continue
      }
      if ends.available < stride {
        ends.fill()
        if ends.available < stride, ends.scanned == bytes.count {
          slowRows = .max
          continue
        }
      }
      let rows = min(ends.available / stride, capacity - count)
      let plain = readPlainRows(rows)
      count += plain
      ends.advance(by: plain * stride)
      start = Int(ends.places[ends.first]) + 1
      // Where rows are unusual one after the other, the plain loops are tried less and less often.
      if plain < rows || capacity == count {
        slowRows = slowRunLength
        slowRunLength = min(slowRunLength * 2, 1024)
      } else {
        slowRunLength = 1
      }
    }
    return true
  }
}

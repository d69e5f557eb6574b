import EventData
import Foundation
import TestSupport
import Testing

struct NumPyArchiveTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func archive(_ npy: [UInt8], isDeflated: Bool = false) throws -> NumPyArchive {
    let path = folder.appending("a.npz")
    try Data(NumPyFile.zip([("a.npy", npy)], isDeflated: isDeflated)).write(
      to: URL(filePath: path))
    return try NumPyArchive(path: path)
  }

  @Test func everyElementTypeIsRead() throws {
    func read<Value: BitwiseCopyable>(_ descr: String, _ values: [Value]) throws -> NumPyArray {
      try archive(NumPyFile.array(descr, values)).array("a")
    }
    #expect(try read("|b1", [true, false]).integers() == [1, 0])
    #expect(try read("|i1", [Int8.min]).integers() == [-128])
    #expect(try read("|u1", [UInt8.max]).integers() == [255])
    #expect(try read("<i2", [Int16.min]).integers() == [-32768])
    #expect(try read("<u2", [UInt16.max]).integers() == [65535])
    #expect(try read("<i4", [Int32.min]).integers() == [Int64(Int32.min)])
    #expect(try read("<u4", [UInt32.max]).integers() == [Int64(UInt32.max)])
    #expect(try read("<i8", [Int64.min]).integers() == [.min])
    #expect(try read("<u8", [UInt64.max, 3]).integers() == [.max, 3])
    #expect(try read("<f4", [Float(0.1)]).doubles() == [Double(Float(0.1))])
    #expect(try read("<f8", [0.1]).doubles() == [0.1])
    #expect(try read("<i4", [Int32(-7)]).doubles() == [-7])
    #expect(throws: EventDataError.self) { try read("<f8", [0.1]).integers() }
    #expect(throws: EventDataError.self) {
      try archive(NumPyFile.array("<i4", [Int32(1)])).float("a")
    }
  }

  @Test(arguments: [false, true])
  func elementsComeRowByRowInBothOrders(isDeflated: Bool) throws {
    let rows: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    let c = NumPyFile.array("<i4", rows, shape: [2, 3, 2])
    #expect(try archive(c, isDeflated: isDeflated).int32("a") == rows)
    let columns: [Int32] = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]
    let fortran = NumPyFile.array("<i4", columns, shape: [2, 3, 2], fortranOrder: true)
    #expect(try archive(fortran, isDeflated: isDeflated).int32("a") == rows)
    #expect(try archive(fortran).array("a").shape == [2, 3, 2])
    let single = NumPyFile.array("<i4", [Int32(5)], shape: [])
    #expect(try archive(single).int32("a") == [5])
    let none = NumPyFile.array("<i4", [Int32](), shape: [0, 3], fortranOrder: true)
    #expect(try archive(none).int32("a") == [])
  }

  static let damages: [(String, [UInt8])] = [
    ("not a NumPy array", Array("no array, only text".utf8)),
    ("not a NumPy array", []),
    ("version 9", [0x93] + Array("NUMPY".utf8) + [9, 0, 1, 0, 0, 0]),
    ("header is truncated", [0x93] + Array("NUMPY".utf8) + [1, 0, 200, 0, 0, 0]),
    ("header is truncated", [0x93] + Array("NUMPY".utf8) + [2, 0, 0, 0]),
    ("element type >f4 is not read", NumPyFile.array(">f4", [Float(1)])),
    ("element type |O is not read", NumPyFile.array("|O", [Float(1)])),
    ("of <f4 needs 8", NumPyFile.array("<f4", [Float(1)], shape: [2])),
    ("of <f4 needs 4", NumPyFile.array("<f4", [Float(1), 2], shape: [1])),
    ("more than there can be", NumPyFile.array("<f4", [Float(1)], shape: [1 << 40, 1 << 40])),
    ("is not understood", NumPyFile.array("<f4", [Float(1)], shape: [-1])),
  ]

  @Test(arguments: damages)
  func damagedArraysAreRefusedWithFileAndArray(words: String, npy: [UInt8]) throws {
    let archive = try archive(npy)
    let error = try #require(throws: EventDataError.self) { try archive.array("a") }
    #expect(error.description.hasPrefix("\(archive.path): array a: "))
    #expect(error.description.contains(words), "\(error)")
    #expect(error.isAboutContent)
  }

  @Test func anyChangedByteOfAnArrayIsRefusedOrLeavesANumberOfElements() throws {
    let npy = NumPyFile.array(
      "<i2", [1, 2, 3, 4, 5, 6] as [Int16], shape: [3, 2], fortranOrder: true)
    for place in npy.indices {
      for byte in Array("0123456789-+,()'<>|fibuT ".utf8) + [0, 0xFF] {
        var changed = npy
        changed[place] = byte
        guard let array = try? NumPyArray(npy: changed, file: "f", name: "a") else { continue }
        #expect(array.doubles().count == array.count)
      }
    }
  }

  @Test func damagedArchivesAreRefusedWithTheirFile() throws {
    let zip = try NumPyFile.zip(
      [("a.npy", NumPyFile.array("<f4", [Float](repeating: 0, count: 4 << 20)))], isDeflated: true)
    for (name, content) in [
      ("empty", []), ("text", Array("not a ZIP file, but long enough".utf8)),
      ("truncated", Array(zip.dropLast(9))), ("bomb", zip),
    ] as [(String, [UInt8])] {
      let path = folder.appending("\(name).npz")
      try Data(content).write(to: URL(filePath: path))
      let error = try #require(throws: EventDataError.self) { try NumPyArchive(path: path) }
      #expect(error.description.hasPrefix("\(path): "))
      #expect(error.isAboutContent)
    }
    #expect(throws: EventDataError.self) { try NumPyArchive(path: folder.appending("none.npz")) }
  }

  @Test func missingArraysAreNamedWithThoseThatAreThere() throws {
    let archive = try archive(NumPyFile.array("<f4", [Float(1)]))
    #expect(
      throws: EventDataError.array(
        file: archive.path, name: "b", message: "it is missing; the file has a")
    ) { try archive.array("b") }
  }
}

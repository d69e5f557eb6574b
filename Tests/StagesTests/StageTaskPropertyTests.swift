import ArtifactStore
import EventData
import Execution
import JSONDocument
import Stages
import Testing
import Workflow

/// How a stage kind reads the data set's properties off its task.
@Suite struct StageTaskPropertyTests {
  private func task(_ dataset: JSONValue) -> StageTask {
    StageTask(
      stage: "s", key: ArtifactKey(of: 1), keyText: 1, parameters: [:], event: 7, files: [:],
      dataset: dataset, inputs: [], threads: 1, store: ObjectStore(root: "nowhere"),
      report: { _ in }, publish: { _ in })
  }

  @Test func aFieldIsDecodedAndNoneIsNil() throws {
    let coil = MagneticField.coil(radius: 1250, length: 5200, centre: [-1, 2, 0.5], strength: 2)
    #expect(try task(["field": coil.json]).magneticField() == coil)
    #expect(try task(["field": ["uniform": 2]]).magneticField() == .uniform(strength: 2))
    #expect(try task(["field": .null]).magneticField() == nil)
    #expect(try task(.null).magneticField() == nil)
    #expect(throws: TaskFailure.self) { try task(["field": "strong"]).magneticField() }
  }

  @Test func aDetectorsFileIsAPathOrNil() {
    #expect(task(["detectors": "/d.csv"]).detectorsPath == "/d.csv")
    #expect(task(["detectors": .null]).detectorsPath == nil)
  }
}

import JSONDocument
import Reporting
import Testing

@Suite struct ReportComparisonTests {
  /// The sample report, changed.
  private func changed(_ change: (inout RunReport) -> Void) -> RunReport {
    var report = SampleReport.report
    change(&report)
    return report
  }

  @Test func aReportDoesNotDifferFromItself() {
    let report = SampleReport.report
    let comparison = ReportComparison(report, report)
    #expect(!comparison.figures.isEmpty)
    #expect(
      comparison.figures.allSatisfy { $0.difference.mean == 0 && $0.difference.isOfSameEvents })
    let provenance = ProvenanceDifference(report.run, report.run)
    #expect(provenance.isOfSameData && provenance.program.isEmpty && provenance.machine.isEmpty)
  }

  @Test func fewerFakesAreBetter() throws {
    let other = changed { report in
      for index in report.results.tracks[0].events.indices {
        report.results.tracks[0].events[index].fakeRate =
          report.results.tracks[0].events[index].fakeRate.map { $0 / 2 }
      }
    }
    let comparison = ReportComparison(SampleReport.report, other)
    let figure = try #require(comparison.figures.first { $0.name == "fake rate" })
    #expect(figure.better > 0 && figure.worse == 0)
    #expect(try #require(figure.difference.mean) < 0)
  }

  @Test func stagesOfOnlyOneReportAreNamed() {
    let other = changed { $0.results.tracks.removeLast() }
    let gone = SampleReport.report.results.tracks.last!.stage
    #expect(ReportComparison(SampleReport.report, other).onlyFirst == [gone])
    #expect(ReportComparison(other, SampleReport.report).onlySecond == [gone])
  }

  @Test func changedFilesVersionsAndMachinesAreTold() {
    let other = changed { report in
      report.run.inputs[0].sha256 = String(repeating: "0", count: 64)
      report.run.inputs.append(.init(file: "new.csv", sha256: String(repeating: "1", count: 64)))
      report.run.trackflowVersion = "9.9"
      report.run.stages[0].version += 1
      report.run.instructionSet = "x86-64-v9"
    }
    let first = SampleReport.report.run
    let difference = ProvenanceDifference(first, other.run)
    #expect(difference.changedFiles == [first.inputs[0].file])
    #expect(difference.onlySecond == ["new.csv"])
    #expect(difference.onlyFirst.isEmpty)
    let kind = first.stages[0]
    #expect(
      difference.program == [
        "trackflow \(first.trackflowVersion) -> 9.9",
        "\(kind.uses) version \(kind.version) -> \(kind.version + 1)",
      ])
    #expect(difference.machine == ["instruction set \(first.instructionSet!) -> x86-64-v9"])
  }

  @Test func filesThatOnlyMovedAreTheSameData() {
    let other = changed { report in
      for index in report.run.inputs.indices { report.run.inputs[index].file = "moved/\(index)" }
    }
    #expect(ProvenanceDifference(SampleReport.report.run, other.run).isOfSameData)
  }
}

import Exchange
import Testing

@Suite struct MetricTableTests {
  @Test func numbersKeepAllTheirDigits() {
    var table = MetricTable()
    table.rows = [
      .init(stage: "score", event: 3, metric: "score", value: 0.1 + 0.2, unit: ""),
      .init(stage: "score", event: 3, metric: "tracks", value: 12, unit: "tracks"),
    ]
    #expect(
      table.text == """
        stage,event,metric,value,unit
        score,3,score,0.30000000000000004,
        score,3,tracks,12,tracks

        """)
  }

  @Test func binsHaveTheirEnds() {
    var table = MetricTable()
    table.bins = [
      .init(
        stage: "score", event: 3, variable: "pT", low: 0.5, high: 1, count: "found", value: 7)
    ]
    #expect(
      table.binText == "stage,event,variable,low,high,count,value\nscore,3,pT,0.5,1,found,7\n")
    #expect(table.text == "stage,event,metric,value,unit\n")
  }
}

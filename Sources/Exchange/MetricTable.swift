/// Numbers of events in long form: one a row, so that any table tool groups and plots them.
///
/// A number that does not exist has no row.
public struct MetricTable: Sendable {
  public struct Row: Sendable, Equatable {
    public var stage: String
    public var event: Int
    public var metric: String
    public var value: Double
    /// Empty for shares and other pure numbers.
    public var unit: String

    public init(stage: String, event: Int, metric: String, value: Double, unit: String) {
      self.stage = stage
      self.event = event
      self.metric = metric
      self.value = value
      self.unit = unit
    }
  }

  /// A count of one bin.
  public struct Bin: Sendable, Equatable {
    public var stage: String
    public var event: Int
    /// What is binned, such as `pT`.
    public var variable: String
    public var low: Double
    public var high: Double
    /// What is counted, such as `found`.
    public var count: String
    public var value: Int

    public init(
      stage: String, event: Int, variable: String, low: Double, high: Double, count: String,
      value: Int
    ) {
      self.stage = stage
      self.event = event
      self.variable = variable
      self.low = low
      self.high = high
      self.count = count
      self.value = value
    }
  }

  public var rows: [Row] = []
  public var bins: [Bin] = []

  public init() {}

  /// `stage,event,metric,value,unit`, values with the fewest digits that read back as the same number.
  public var text: String {
    rows.reduce(into: "stage,event,metric,value,unit\n") { text, row in
      text += "\(row.stage),\(row.event),\(row.metric),"
      text += "\(Self.number(row.value)),\(row.unit)\n"
    }
  }

  /// `stage,event,variable,low,high,count,value`.
  public var binText: String {
    bins.reduce(into: "stage,event,variable,low,high,count,value\n") { text, bin in
      text += "\(bin.stage),\(bin.event),\(bin.variable),\(Self.number(bin.low)),"
      text += "\(Self.number(bin.high)),\(bin.count),\(bin.value)\n"
    }
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}

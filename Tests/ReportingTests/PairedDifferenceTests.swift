import Reporting
import Testing

/// Against SciPy 1.17.1:
///
/// ```
/// from scipy import stats; import numpy as np
/// a = [0.961, 0.958, 0.972, 0.949, 0.966, 0.955]; b = [0.964, 0.957, 0.975, 0.955, 0.969, 0.959]
/// r = stats.ttest_rel(b, a); r.statistic   # 3.222516933177448
/// d = np.subtract(b, a); d.mean(), stats.sem(d)
/// # 0.0030000000000000027, 0.0009309493362512637
/// ```
@Suite struct PairedDifferenceTests {
  private static let first = [3: 0.961, 1: 0.958, 4: 0.972, 7: 0.949, 5: 0.966, 9: 0.955]
  private static let second = [3: 0.964, 1: 0.957, 4: 0.975, 7: 0.955, 5: 0.969, 9: 0.959]

  @Test func meanErrorAndTAreThoseOfSciPy() throws {
    let difference = PairedDifference(Self.first, Self.second)
    #expect(abs(try #require(difference.mean) - 0.0030000000000000027) < 1e-15)
    #expect(abs(try #require(difference.standardError) - 0.0009309493362512637) < 1e-15)
    #expect(abs(try #require(difference.t) - 3.222516933177448) < 1e-10)
    #expect(difference.events.map(\.event) == [1, 3, 4, 5, 7, 9])
    #expect(difference.larger == 5)
    #expect(difference.smaller == 1)
    #expect(difference.isOfSameEvents)
  }

  @Test func theOtherWayRoundOnlyTheSignsChange() throws {
    let there = PairedDifference(Self.first, Self.second)
    let back = PairedDifference(Self.second, Self.first)
    #expect(back.mean == there.mean.map { -$0 })
    #expect(back.standardError == there.standardError)
    #expect((back.larger, back.smaller) == (there.smaller, there.larger))
  }

  @Test func eventsOfOnlyOneAreNamedAndLeftOut() {
    var second = Self.second
    second[3] = nil
    second[9] = .nan
    second[20] = 0.5
    let difference = PairedDifference(Self.first, second)
    #expect(difference.onlyFirst == [3, 9])
    #expect(difference.onlySecond == [20])
    #expect(difference.events.map(\.event) == [1, 4, 5, 7])
    #expect(!difference.isOfSameEvents)
  }

  @Test func fewerThanTwoEventsHaveNoUncertainty() {
    let one = PairedDifference([1: 0.5], [1: 0.75])
    #expect(one.mean == 0.25)
    #expect(one.standardError == nil && one.t == nil)
    let none = PairedDifference([1: 0.5], [2: 0.75])
    #expect(none.mean == nil && none.firstMean == nil)
  }

  @Test func equalDifferencesHaveNoT() {
    let same = PairedDifference([1: 0.5, 2: 0.25], [1: 0.5, 2: 0.25])
    #expect(same.mean == 0 && same.standardError == 0 && same.t == nil)
    #expect(same.larger == 0 && same.smaller == 0)
  }
}

"""Reads exported metrics with pandas: metrics.py FILE BINS STAGE

Prints the mean score of the stage with all its digits.
"""
import sys

import pandas

table = pandas.read_csv(sys.argv[1], keep_default_na=False)
assert list(table.columns) == ["stage", "event", "metric", "value", "unit"]
assert table.value.dtype.kind in "fi"
assert not table.duplicated(["stage", "event", "metric"]).any()
wide = table[table.stage == sys.argv[3]].pivot(index="event", columns="metric", values="value")
assert {"score", "tracks", "efficiency"} <= set(wide.columns), wide.columns
bins = pandas.read_csv(sys.argv[2])
assert list(bins.columns) == ["stage", "event", "variable", "low", "high", "count", "value"]
assert (bins.low < bins.high).all() and bins.value.dtype == "int64"
print(repr(float(wide.score.sum() / len(wide))))

"""Draws the time of the whole detector's chain against the number of hits.

    make bench-reconstruct BENCH="--pile-up 50,100,155,200,250,300 --json" > times.json
    python3 scaling_figure.py times.json --out DIR
"""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

COLOURS = ["#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7", "#7f7f7f", "#000000", "#f0e442", "#882255"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("times")
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    runs = json.loads(Path(options.times).read_text())
    threads = max(run["threads"] for run in runs)
    runs = sorted((run for run in runs if run["threads"] == threads), key=lambda run: run["hits"])
    hits = [run["hits"] / 1000 for run in runs]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), dpi=130)
    left.plot(hits, [run["seconds"] for run in runs], "o-", color=COLOURS[0], label="whole chain")
    for index, step in enumerate(runs[0]["steps"]):
        seconds = [run["steps"][index]["seconds"] for run in runs]
        left.plot(hits, seconds, ".-", color=COLOURS[(index + 1) % len(COLOURS)], label=step["name"])
    left.set_xlabel("hits in thousands")
    left.set_ylabel(f"seconds on {threads} threads")
    left.set_ylim(bottom=0)
    left.legend(frameon=False, fontsize=8)
    right.plot(hits, [run["score"] for run in runs], "o-", color=COLOURS[0])
    right.set_xlabel("hits in thousands")
    right.set_ylabel("TrackML score")
    right.set_ylim(0.9, 1)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlim(left=0)
    figure.tight_layout()
    figure.savefig(Path(options.out) / "reconstruction-scaling.png", metadata={"Software": None})


if __name__ == "__main__":
    main()

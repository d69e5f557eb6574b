"""Puts trackflow beside other software: one table of ratios, all of one run on one event.

usage: compare.py PROGRAM FOLDER [EVENT] [--rounds N] [--only WORDS] [--json]

PROGRAM is the built trackflow-benchmarks, FOLDER holds eventNNNNNNNNN-{hits,truth,particles}.csv, plain or .zst.
Both sides of a row do the same work on the same input in turns, and their results are held against each other
first: a disagreement ends the program.
"""

import argparse
import glob
import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile

import artifact_file
import cached_run
import digest_files
import engine_peers
import event_peers
import multi_pass_network
import notebook_network
import numpy
import pandas
import plan_scaling
import sklearn
import task_overhead
import torch
import torch_geometric
import training_memory
from program import Program
from rounds import compare


def comparisons(program, folder, event):
    """The rows of the table, each made when its turn comes. New rows go here."""
    yield lambda: notebook_network.Step(program)
    yield lambda: notebook_network.Threads(program)
    yield lambda: event_peers.Graph(program)
    yield lambda: event_peers.GraphOfArrays(program)
    yield lambda: event_peers.AreaUnderROC(program)
    yield lambda: event_peers.AveragePrecision(program)
    yield lambda: event_peers.Histogram(program)
    yield lambda: event_peers.Score(program)
    yield lambda: event_peers.ScoreByRows(program)
    yield lambda: event_peers.Reading(program, folder, event)
    yield lambda: artifact_file.ArtifactWrite(program)
    yield lambda: artifact_file.ArtifactRead(program)
    yield lambda: artifact_file.ArtifactSize(program)
    yield from engine_comparisons(folder, event)
    yield lambda: multi_pass_network.StepAsItComes(program, threads=1)
    # From here on this process keeps its memory.
    yield lambda: notebook_network.StepWithKeptMemory(program)
    yield lambda: multi_pass_network.MessageStep(program, threads=1)
    yield lambda: multi_pass_network.MessageStep(program, threads=2)
    yield lambda: multi_pass_network.NodesFirstStep(program, threads=1)
    yield lambda: training_memory.TrainingMemory("300 MB", 300e6)
    yield lambda: training_memory.TrainingMemory("2 GB", 2e9)


def engine_comparisons(folder, event):
    """Rows of the workflow engine as a user starts it."""
    for engine in (engine_peers.Luigi, engine_peers.Law, engine_peers.Snakemake, engine_peers.DVC):
        yield lambda engine=engine: cached_run.CachedRun(engine)
    yield lambda: cached_run.CachedRunIntoNewFolder(engine_peers.Luigi)
    yield lambda: plan_scaling.PlanScaling()
    yield lambda: plan_scaling.LargePlan()
    yield lambda: plan_scaling.LargePlanMemory()
    for engine in (engine_peers.LuigiWithTwoWorkers, engine_peers.Snakemake):
        yield lambda engine=engine: task_overhead.TaskOverhead(engine)
    yield lambda: digest_files.Digests(folder, event)
    yield lambda: digest_files.DigestsTwoAtATime(folder, event)


def first_event(folder):
    names = sorted(glob.glob(os.path.join(folder, "event*-truth.csv*")))
    if not names:
        raise SystemExit(f"{folder}: no event with truth")
    return int(re.search(r"event(\d{9})-", names[0]).group(1))


def plain_files(folder, event, into):
    """The event's files without compression, so that both sides read the same bytes."""
    for file in ("hits", "truth", "particles"):
        name = f"event{event:09d}-{file}.csv"
        source, copy = os.path.join(folder, name), os.path.join(into, name)
        if os.path.exists(source):
            shutil.copy(source, copy)
        elif os.path.exists(source + ".zst"):
            subprocess.run(["zstd", "-dqf", source + ".zst", "-o", copy], check=True)
        else:
            raise SystemExit(f"{folder}: event {event} has no {file} file")


def line(row):
    target, judged = "-", True
    if row["target"] is not None:
        target, judged = f"{row['target']:g}", row["ratio"] >= row["target"]
    if row["limit"] is not None:
        limit = f"<{row['limit']:g} {row['unit']}"
        target = limit if row["target"] is None else f"{target} {limit}"
        judged = judged and row["cost"] < row["limit"]
    return (
        f"{row['name']:<46}{row['peer'] + ' / ' + row['against']:<50}"
        f"{row['peerCost']:>10.2f}{row['cost']:>9.3f} {row['unit']:<4}{row['ratio']:>7.2f}"
        f"{row['lowest']:>9.2f} -{row['highest']:>7.2f}{target:>12}{'' if judged else '  missed'}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("event", type=int, nargs="?")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="rows whose name holds these words")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.rounds < 5:
        parser.error("five rounds are the least that a median can be trusted of")
    event = first_event(options.folder) if options.event is None else options.event
    modules = (numpy, pandas, sklearn, torch, torch_geometric)
    engines = ("snakemake", "luigi", "law", "dvc")
    report = {
        "event": event,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {module.__name__: module.__version__ for module in modules}
        | {name: importlib.metadata.version(name) for name in engines},
        "rows": [],
    }
    if not options.json:
        print(", ".join(f"{name} {version}" for name, version in report["versions"].items()))
        print(
            f"{'work':<46}{'peer / against':<50}{'peer':>10}{'ours':>9}{'ratio':>12}"
            f"{'lowest':>9} -{'highest':>8}{'target':>11}"
        )
    with tempfile.TemporaryDirectory() as scratch:
        plain_files(options.folder, event, scratch)
        program = Program(options.program, os.path.join(scratch, "inputs"), scratch, event)
        for make in comparisons(program, scratch, event):
            comparison = make()
            if options.only not in comparison.name:
                continue
            row = compare(comparison, options.rounds)
            report["rows"].append(row)
            if not options.json:
                print(line(row), flush=True)
                if row["note"]:
                    print("    " + row["note"], flush=True)
        program.close()
    if options.json:
        print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

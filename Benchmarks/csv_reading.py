"""Puts trackflow's CSV reading beside pandas' default C parser on the same event, in the same run.

usage: csv_reading.py PROGRAM FOLDER [EVENT] [--repetitions N]

PROGRAM is the built trackflow-benchmarks, FOLDER holds eventNNNNNNNNN-{hits,truth,particles}.csv, plain or .zst.
Each round times both on hits, truth and particles together, so that what else the machine does falls on both;
both are warm: a round's figure is the median of many readings in one process.
Prints one JSON object with the medians in seconds and the ratio.
"""

import argparse
import glob
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time

import pandas

FILES = ("hits", "truth", "particles")


def find(folder, event, file):
    for suffix in ("", ".zst"):
        path = os.path.join(folder, f"event{event:09d}-{file}.csv{suffix}")
        if os.path.exists(path):
            return path
    raise SystemExit(f"{folder}: event {event} has no {file} file")


def first_event(folder):
    names = sorted(glob.glob(os.path.join(folder, "event*-truth.csv*")))
    if not names:
        raise SystemExit(f"{folder}: no event with truth")
    return int(re.search(r"event(\d{9})-", names[0]).group(1))


def time_program(program, folder, event, repetitions):
    command = [program, "csv-reading", folder, str(event), str(repetitions)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def time_pandas(paths):
    start = time.perf_counter()
    rows = sum(len(pandas.read_csv(path)) for path in paths)
    return rows, time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("event", type=int, nargs="?")
    parser.add_argument("--repetitions", type=int, default=15)
    options = parser.parse_args()
    event = first_event(options.folder) if options.event is None else options.event
    with tempfile.TemporaryDirectory() as plain:
        paths = []
        for file in FILES:
            source = find(options.folder, event, file)
            path = os.path.join(plain, f"event{event:09d}-{file}.csv")
            if source.endswith(".zst"):
                subprocess.run(["zstd", "-dqf", source, "-o", path], check=True)
            else:
                shutil.copy(source, path)
            paths.append(path)
        ours, theirs, compressed = [], [], []
        for _ in range(options.repetitions):
            result = time_program(options.program, plain, event, 15)
            rows, _ = time_pandas(paths)
            seconds = statistics.median(time_pandas(paths)[1] for _ in range(5))
            if rows != result["rows"]:
                raise SystemExit(f"{result['rows']} rows here, {rows} in pandas")
            ours.append(statistics.median(result["seconds"]))
            theirs.append(seconds)
        size = sum(os.path.getsize(path) for path in paths)
        if find(options.folder, event, "truth").endswith(".zst"):
            compressed = time_program(options.program, options.folder, event, 15)["seconds"]
    report = {
        "event": event,
        "rows": rows,
        "bytes": size,
        "trackflow": statistics.median(ours),
        "pandas": statistics.median(theirs),
        "pandasVersion": pandas.__version__,
        "ratio": statistics.median(theirs) / statistics.median(ours),
        "megabytesPerSecond": size / statistics.median(ours) / 1e6,
    }
    if compressed:
        report["trackflowCompressed"] = statistics.median(compressed)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

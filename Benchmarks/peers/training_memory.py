"""What the training of the main job takes of the machine's memory, beside a budget and the same graphs in Python."""

import json
import os
import struct
import subprocess
import sys
import tempfile
import time

from rounds import Comparison

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
FOLDER = os.path.join(os.path.dirname(HERE), ".build", "training-memory")


class TrainingMemory(Comparison):
    """The budget stands where a peer's cost stands: what the training takes must be below it."""

    name, target, unit, units = "training on 80 events, peak memory", 1, "MB", 1e-6
    # The first run, which is not counted, makes events and graphs where the cache has none.
    repetitions, rounds = 1, 2

    def __init__(self, budget, size):
        self.theirs_name = f"budget of {budget}"
        self.budget, self.size = budget, size
        self.graphs = []

    def ours(self, repetitions):
        runs = [self.run() for _ in range(repetitions)]
        self.graphs = [graph for graph in runs[-1][1] if graph["split"] == "train"]
        return [peak for peak, _ in runs], [len(self.graphs)] * repetitions

    def theirs(self, repetitions):
        return [self.size] * repetitions, [80] * repetitions

    def check(self, ours, theirs):
        return None if ours == theirs else f"{ours} graphs trained on, not {theirs}"

    def note(self, row):
        """The graphs alone, as a training in PyTorch Geometric has them in memory, without what it computes."""
        held = [held_by_python(self.graphs) for _ in range(2)]
        edges = sum(graph["edges"] for graph in self.graphs)
        return (
            f"these graphs alone ({edges} edges) in PyTorch Geometric: {held[0] / 1e6:.0f} and "
            f"{held[1] / 1e6:.0f} MB, {min(held) / 1e6 / row['cost']:.2f} times all that trackflow takes"
        )

    def run(self):
        """Peak memory of a training, which no run before it was, and the graphs that it saw."""
        cache = os.path.join(FOLDER, "cache")
        settings = ["epochs=2", f"memory={self.budget}", f"seed={time.time_ns() // 1000 % 2**31}"]
        command = [os.path.join(REPOSITORY, ".build/release/trackflow"), "run", "workflows/full.json", "--quiet"]
        command += [word for setting in settings for word in ("--set", f"train.{setting}")]
        with tempfile.TemporaryDirectory() as scratch:
            folder = os.path.join(scratch, "run")
            subprocess.run(command + ["--cache", cache, "--run-dir", folder], cwd=REPOSITORY, check=True)
            with open(os.path.join(folder, "journal.jsonl"), encoding="utf-8") as journal:
                lines = [json.loads(line) for line in journal]
        done = next(line for line in lines if line["what"] == "done" and line["stage"] == "train")
        graphs = [
            graph | artifact(cache, graph["key"])["summary"]
            for graph in artifact(cache, done["key"])["keyText"]["inputs"]
        ]
        return done["peakMemory"], graphs


def artifact(cache, key):
    """What an artifact's file says of itself: JSON behind a head of 48 bytes that tells its length."""
    with open(os.path.join(cache, "objects", key[:2], key + ".tfz"), "rb") as file:
        (length,) = struct.unpack_from("<I", file.read(48), 12)
        return json.loads(file.read(length))


def held_by_python(graphs):
    """Bytes that a process with PyTorch Geometric takes for the graphs, beyond what it takes without any."""
    sizes = json.dumps([(graph["nodes"], graph["edges"]) for graph in graphs])
    command = [sys.executable, "-B", os.path.join(HERE, "held_graphs.py")]
    return int(subprocess.run(command, input=sizes, capture_output=True, text=True, check=True).stdout)

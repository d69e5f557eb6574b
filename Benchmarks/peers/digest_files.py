"""The first digest of 2 GB of event files, beside sha256sum."""

import os
import shutil
import sqlite3
import subprocess
import tempfile

import engine_program
from engine_program import trackflow
from rounds import Comparison, timed


class Digests(Comparison):
    """`trackflow plan` with an empty cache must digest hits and truth of every event; start-up is counted."""

    name, theirs_name, ours_name = "engine: first digest of 2 GB of events", "sha256sum", "trackflow plan"
    target, rounds, repetitions, size = 1, 5, 1, 2e9

    def __init__(self, folder, event):
        self.folder, self.event = folder, event

    def prepare(self):
        self.events = os.path.join(engine_program.PREPARED, "digest")
        self.files = self.event_files()
        self.workflow = engine_program.workflow_of(self.events, self.events)
        self.scratch = tempfile.mkdtemp()

    def finish(self):
        shutil.rmtree(self.scratch)

    def event_files(self):
        """Hits and truth of the event under so many numbers, each file other than the rest; they are kept."""
        sources = {
            name: os.path.join(self.folder, f"event{self.event:09d}-{name}.csv") for name in ("hits", "truth")
        }
        count = round(self.size / sum(os.path.getsize(source) for source in sources.values()))
        os.makedirs(self.events, exist_ok=True)
        paths = []
        for number in range(count):
            for name, source in sources.items():
                paths.append(os.path.join(self.events, f"event{number:09d}-{name}.csv"))
                if not os.path.exists(paths[-1]):
                    shutil.copy(source, paths[-1])
                    with open(paths[-1], "a", encoding="ascii") as file:
                        file.write(f"{number}\n")
        return paths

    def ours(self, repetitions):
        return timed(self.plan, repetitions)

    def plan(self):
        """The digests, as the catalog has them."""
        cache = tempfile.mkdtemp(dir=self.scratch)
        trackflow("plan", self.workflow, "--cache", cache)
        with sqlite3.connect(os.path.join(cache, "catalog.sqlite")) as catalog:
            return dict(catalog.execute("SELECT path, sha256 FROM digest"))

    def theirs(self, repetitions):
        return timed(self.sums, repetitions)

    def command(self):
        return ["sha256sum", *self.files]

    def sums(self):
        text = subprocess.run(self.command(), capture_output=True, text=True, check=True).stdout
        return {path: digest for digest, path in (line.split("  ", 1) for line in text.splitlines())}

    def check(self, ours, theirs):
        return None if ours == theirs else "the digests differ"

    def note(self, row):
        size = 1e-6 * sum(os.path.getsize(path) for path in self.files)
        ours, theirs = size / row["cost"], size / row["peerCost"]
        return f"{len(self.files)} files in the page cache: {ours:.2f} GB/s here, {theirs:.2f} GB/s there"


class DigestsTwoAtATime(Digests):
    """The peer has both cores too."""

    theirs_name, target = "xargs -P2 sha256sum", None

    def command(self):
        # A few files a process, so that neither core is left with more than the other.
        return ["sh", "-c", 'printf "%s\\n" "$@" | xargs -P2 -n8 sha256sum', "sh", *self.files]

"""A second run of the main job, where the cache holds everything, beside such runs of other engines."""

import json
import os
import shutil
import tempfile
import time

import engine_program
from engine_program import trackflow
from rounds import Comparison, timed

WORKFLOW = os.path.join(engine_program.REPOSITORY, "workflows", "full.json")


class CachedRun(Comparison):
    """The same command again, where nothing changed. trackflow has the 100 events of `workflows/full.json`."""

    name, limit, rounds = "engine: second run, all cached (100 events)", 30, 5

    def __init__(self, engine):
        self.kind, self.theirs_name = engine, f"{engine.name}, 100 jobs"
        self.ours_name = "trackflow, full.json"

    def prepare(self):
        self.scratch = tempfile.mkdtemp()
        self.cache = full_cache()
        self.folder = os.path.join(self.scratch, "run")
        self.reports = []
        self.engine = self.kind(os.path.join(self.scratch, "peer"), jobs=100)
        # What is measured is the second run, on both sides.
        self.engine.run()
        self.run()
        self.reports.clear()

    def finish(self):
        shutil.rmtree(self.scratch)

    def ours(self, repetitions):
        return timed(self.run, repetitions)

    def run(self):
        """How many tasks it did again; takes down whether it wrote its report."""
        start = time.time_ns()
        words = ("--cache", self.cache, "--run-dir", self.folder, "--json")
        outcome = json.loads(trackflow("run", WORKFLOW, *words))
        self.tasks = outcome["tasksCached"]
        self.reports.append(os.stat(os.path.join(self.folder, "report.html")).st_mtime_ns >= start)
        return outcome["tasksRun"]

    def theirs(self, repetitions):
        return timed(self.engine.run, repetitions)

    def check(self, ours, theirs):
        return None if ours == theirs == 0 else f"{ours} tasks done again here, {theirs} there"

    def note(self, row):
        return (
            f"here {self.tasks} tasks are looked up, and the report was written in {sum(self.reports)} of "
            f"{len(self.reports)} runs; there 100 jobs that wrote a small file each, and no report"
        )


class CachedRunIntoNewFolder(CachedRun):
    """The results are cached, but the run has a new folder, so that the report must be written: there is no limit."""

    name, limit = "engine: all cached, report written anew", None

    def run(self):
        self.folder = tempfile.mkdtemp(dir=self.scratch)
        return super().run()

    def check(self, ours, theirs):
        return super().check(ours, theirs) or (None if all(self.reports) else "no report was written")


def full_cache():
    """A cache that holds all of the main job; $TRACKFLOW_BENCH_CACHE names one, else it is made and kept."""
    cache = os.environ.get("TRACKFLOW_BENCH_CACHE") or os.path.join(engine_program.PREPARED, "full")
    if tasks := engine_program.tasks_to_run(WORKFLOW, cache):
        print(f"    filling {cache}: {tasks} tasks, 11 minutes on two cores from nothing", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            trackflow("run", WORKFLOW, "--cache", cache, "--run-dir", folder, shown=True)
    return cache

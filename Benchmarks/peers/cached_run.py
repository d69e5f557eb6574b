"""A second run of the main job, where the cache holds everything, beside such runs of other engines."""

import json
import os
import shutil
import tempfile

import engine_program
from engine_program import trackflow
from rounds import Comparison, timed

WORKFLOW = os.path.join(engine_program.REPOSITORY, "workflows", "full.json")


class CachedRun(Comparison):
    """trackflow has the 100 events of `workflows/full.json`, the peer 100 jobs that wrote a small file each."""

    name, limit, rounds = "engine: second run, all cached (100 events)", 30, 5

    def __init__(self, engine):
        self.kind, self.theirs_name = engine, f"{engine.name}, 100 jobs"
        self.ours_name = "trackflow, full.json"

    def prepare(self):
        self.scratch = tempfile.mkdtemp()
        self.cache = full_cache()
        self.engine = self.kind(os.path.join(self.scratch, "peer"), jobs=100)
        self.engine.run()

    def finish(self):
        shutil.rmtree(self.scratch)

    def ours(self, repetitions):
        return timed(self.run, repetitions)

    def run(self):
        """How many tasks it did again."""
        folder = os.path.join(self.scratch, "run")
        report = json.loads(trackflow("run", WORKFLOW, "--cache", self.cache, "--run-dir", folder, "--json"))
        self.tasks = report["tasksCached"]
        return report["tasksRun"]

    def theirs(self, repetitions):
        return timed(self.engine.run, repetitions)

    def check(self, ours, theirs):
        return None if ours == theirs == 0 else f"{ours} tasks done again here, {theirs} there"

    def note(self, row):
        return f"here {self.tasks} tasks of workflows/full.json, with the report; there 100 jobs that wrote a file each"


def full_cache():
    """A cache that holds all of the main job; $TRACKFLOW_BENCH_CACHE names one, else it is made and kept."""
    cache = os.environ.get("TRACKFLOW_BENCH_CACHE") or os.path.join(engine_program.PREPARED, "full")
    if tasks := engine_program.tasks_to_run(WORKFLOW, cache):
        print(f"    filling {cache}: {tasks} tasks, 11 minutes on two cores from nothing", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            trackflow("run", WORKFLOW, "--cache", cache, "--run-dir", folder, shown=True)
    return cache

"""What a task costs that does nothing: a thousand of them from nothing, on two workers."""

import json
import os
import shutil
import tempfile

import engine_program
from engine_program import trackflow
from rounds import Comparison, timed


class TaskOverhead(Comparison):
    """The whole time of a run divided by its tasks; every repetition begins without results."""

    limit, rounds, repetitions, tasks = 2, 5, 1, 1000

    def __init__(self, engine):
        self.kind, self.theirs_name = engine, f"{engine.name}, two workers"
        self.ours_name = "trackflow, two workers"
        self.name = f"engine: an empty task, of {self.tasks}"

    def prepare(self):
        self.scratch = tempfile.mkdtemp()
        self.workflows = {tasks: self.workflow(tasks) for tasks in (1, self.tasks)}

    def workflow(self, tasks):
        folder = os.path.join(self.scratch, str(tasks))
        events = engine_program.tiny_events(os.path.join(folder, "events"), tasks)
        return engine_program.workflow_of(events, folder)

    def finish(self):
        shutil.rmtree(self.scratch)

    def ours(self, repetitions):
        return self.shared_out(timed(lambda: self.run(self.tasks), repetitions))

    def theirs(self, repetitions):
        return self.shared_out(timed(lambda: self.run_peer(self.tasks), repetitions))

    def shared_out(self, run):
        seconds, done = run
        return [one / self.tasks for one in seconds], done

    def run(self, tasks):
        """How many tasks were done, in folders of their own, which `finish` removes."""
        folder = tempfile.mkdtemp(dir=self.scratch)
        words = ["--cache", os.path.join(folder, "cache"), "--run-dir", os.path.join(folder, "run")]
        report = trackflow("run", self.workflows[tasks], *words, "--workers", "2", "--json")
        return json.loads(report)["tasksRun"]

    def run_peer(self, tasks):
        return self.kind(os.path.join(tempfile.mkdtemp(dir=self.scratch), "peer"), jobs=tasks).run()

    def check(self, ours, theirs):
        return None if ours == theirs == self.tasks else f"{ours} tasks done here, {theirs} there"

    def note(self, row):
        starts = [min(timed(lambda: side(1), 5)[0]) for side in (self.run, self.run_peer)]
        return (
            f"a run of one task: {1e3 * starts[0]:.0f} ms here, {1e3 * starts[1]:.0f} ms there; "
            "each result here is synced to disk and stands in the catalog, there it is a file"
        )

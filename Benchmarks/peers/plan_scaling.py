"""How long `trackflow plan` takes over cached events and how much memory, and how both grow with their number."""

import os
import tempfile

import engine_program
from engine_program import peak_memory, trackflow
from rounds import Comparison, timed


class PlanScaling(Comparison):
    """The other side is what a straight line through the smaller plans promises for the largest."""

    name, theirs_name = "engine: plan of 10,000 cached events", "line through 1,000 and 3,000"
    target, limit, rounds, repetitions = 0.8, 500, 5, 3
    sizes = (1000, 3000, 10_000)

    def prepare(self):
        self.studies = {size: cached_study(size) for size in self.sizes}
        self.costs = {size: [] for size in self.sizes}

    def ours(self, repetitions):
        return self.plans(self.sizes[2], repetitions)

    def theirs(self, repetitions):
        first, second, third = self.sizes
        (few, tasks), (more, _) = self.plans(first, repetitions), self.plans(second, repetitions)
        share = (third - first) / (second - first)
        return [a + share * (b - a) for a, b in zip(few, more)], [third // first * n for n in tasks]

    def plans(self, size, repetitions):
        """Costs and the numbers of cached tasks."""
        costs, tasks = self.measured(self.studies[size], repetitions)
        self.costs[size] += costs
        return costs, tasks

    def measured(self, study, repetitions):
        return timed(lambda: cached(trackflow("plan", *study)), repetitions)

    def check(self, ours, theirs):
        return None if ours == theirs == self.sizes[2] else f"{ours} and {theirs} events cached"

    def note(self, row):
        medians = {size: sorted(costs)[len(costs) // 2] for size, costs in self.costs.items()}
        return ", ".join(f"{size} events {self.units * cost:.0f} {self.unit}" for size, cost in medians.items())


class LargePlan(PlanScaling):
    name, theirs_name = "engine: plan of 100,000 cached events", "line through 1,000 and 10,000"
    limit, repetitions = 5000, 1
    sizes = (1000, 10_000, 100_000)


class LargePlanMemory(LargePlan):
    """The catalog's pages, which SQLite maps, are among what is resident."""

    name = "engine: plan of 100,000 events, peak memory"
    limit, unit, units = 500, "MB", 1e-6

    def measured(self, study, repetitions):
        runs = [peak_memory("plan", *study) for _ in range(repetitions)]
        return [peak for peak, _ in runs], [cached(text) for _, text in runs]


def cached(text):
    """The number of cached tasks in the only stage of a plan, all of whose tasks are."""
    words = text.split()
    if words[2] != "cached" or "nothing to do" not in text:
        raise SystemExit(f"a plan with everything cached was expected:\n{text}")
    return int(words[1])


def cached_study(size):
    """A study of one task an event, all in the cache: words for a command. It is made once and kept."""
    folder = os.path.join(engine_program.PREPARED, f"plan-{size}")
    events, cache = os.path.join(folder, "events"), os.path.join(folder, "cache")
    if not os.path.exists(folder):
        engine_program.tiny_events(events, size)
    workflow = engine_program.workflow_of(events, folder)
    if engine_program.tasks_to_run(workflow, cache):
        print(f"    filling {cache}: {size} tasks", flush=True)
        with tempfile.TemporaryDirectory() as run:
            trackflow("run", workflow, "--cache", cache, "--run-dir", run, "--quiet")
    return workflow, "--cache", cache

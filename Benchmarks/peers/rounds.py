"""Two sides that do the same work in turns, and the ratio of their times, or of what else they cost.

What else the machine does falls on both sides of a round. A round's figure of a side is the median of its
repetitions; the result is the median over the rounds.
"""

import statistics
import time


class Comparison:
    """One row of the table. Subclasses give both sides and say when their results agree."""

    name = ""
    #: What stands above the ratio's line, and what below it.
    theirs_name, ours_name = "", "trackflow"
    #: The least ratio that is aimed for.
    target = None
    #: The most that this side may cost, in the unit that is shown.
    limit = None
    #: Repetitions of each side in a round.
    repetitions = 3
    #: Rounds, where it does not take as many as all the others.
    rounds = None
    #: What a side costs is shown in this unit, of which there are so many in what it gives.
    unit, units = "ms", 1e3

    def prepare(self):
        """What must be there before the first round; says so first where it takes long."""

    def finish(self):
        """Removes what need not stay."""

    def ours(self, repetitions):
        """Cost (seconds, where nothing else is said) and result of each repetition: two lists."""
        raise NotImplementedError

    def theirs(self, repetitions):
        """The same of the other side."""
        raise NotImplementedError

    def check(self, ours, theirs):
        """Words for a disagreement of two results, else None."""
        raise NotImplementedError

    def note(self, row):
        """A line that stands beneath the row, else None."""
        return None


def relative(tolerance, ours, theirs):
    """Words where two numbers differ by more than a part of the second."""
    if abs(ours - theirs) <= tolerance * abs(theirs):
        return None
    return f"{ours!r} here, {theirs!r} there: they differ by more than {tolerance} of it"


def timed(work, repetitions):
    """Seconds and values of a function's calls."""
    seconds, values = [], []
    for _ in range(repetitions):
        start = time.perf_counter()
        values.append(work())
        seconds.append(time.perf_counter() - start)
    return seconds, values


def compare(comparison, rounds):
    """The row of a comparison; a disagreement ends the program."""
    comparison.prepare()
    try:
        row = measured(comparison, rounds)
        return row | {"note": comparison.note(row)}
    finally:
        comparison.finish()


def measured(comparison, rounds):
    """The row without its note."""
    ours, theirs = [], []
    rounds = comparison.rounds or rounds
    for number in range(rounds + 1):
        our_costs, our_results = comparison.ours(comparison.repetitions)
        their_costs, their_results = comparison.theirs(comparison.repetitions)
        for pair in zip(our_results, their_results, strict=True):
            if words := comparison.check(*pair):
                raise SystemExit(f"{comparison.name}: {words}")
        if number > 0:  # the first round warms both up
            ours.append(statistics.median(our_costs))
            theirs.append(statistics.median(their_costs))
    ratios = [b / a for a, b in zip(ours, theirs)]
    return {
        "name": comparison.name,
        "peer": comparison.theirs_name,
        "against": comparison.ours_name,
        "unit": comparison.unit,
        "peerCost": comparison.units * statistics.median(theirs),
        "cost": comparison.units * statistics.median(ours),
        "ratio": statistics.median(ratios),
        "lowest": min(ratios),
        "highest": max(ratios),
        "rounds": rounds,
        "target": comparison.target,
        "limit": comparison.limit,
    }

"""The built trackflow, run as a user runs it, and folders of small events and long preparations for it."""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(REPOSITORY, ".build/release/trackflow")
#: What takes long to prepare, for later runs; it can be removed at will.
PREPARED = os.path.join(os.path.dirname(HERE), ".build", "engine-bench")

HITS = ["hit_id,x,y,z,volume_id,layer_id,module_id"]
HITS += [f"{hit},{32 * hit},{hit},{10 * hit},8,{2 * hit},1" for hit in range(1, 4)]
TRUTH = ["hit_id,particle_id,tx,ty,tz,tpx,tpy,tpz,weight"]


def stamp():
    """What tells one build of the program from another."""
    status = os.stat(PROGRAM)
    return status.st_mtime_ns, status.st_size, status.st_ino


_first_stamp = None


def same_program():
    """Ends the comparison where the program was built anew since it began: its figures would be of two programs."""
    global _first_stamp
    _first_stamp = _first_stamp or stamp()
    if stamp() != _first_stamp:
        raise SystemExit(f"{PROGRAM} was built anew meanwhile; compare again")


def trackflow(*words, shown=False):
    """Runs a command of the program; gives what it printed. Its progress is shown where it takes long."""
    same_program()
    done = subprocess.run(
        [PROGRAM, *words],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=None if shown else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"trackflow {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr or ''}")
    return done.stdout


def peak_memory(*words):
    """Runs a command of the program; gives the most bytes that it was resident with, and what it printed."""
    same_program()
    command = [sys.executable, "-ISB", os.path.join(HERE, "peak_memory.py"), PROGRAM, *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"trackflow {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    text, _, peak = done.stdout.rstrip("\n").rpartition("\n")
    return int(peak), text


def tasks_to_run(workflow, cache):
    return json.loads(trackflow("plan", workflow, "--cache", cache, "--json"))["toRun"]


def workflow_of(events, into):
    """A workflow of one task that does nothing for each event of a folder; gives its file."""
    path = os.path.join(into, "workflow.json")
    definition = {
        "name": "engine",
        "dataset": {"path": os.path.abspath(events)},
        "split": {"all": "0%-100%"},
        "stages": {"work": {"uses": "rehearse"}},
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(definition, file)
    return path


def tiny_events(folder, count):
    """Writes events of three hits; no two have the same truth."""
    os.makedirs(folder, exist_ok=True)
    for event in range(count):
        truth = [f"{hit},{event + 1},{32 * hit},{hit},{10 * hit},1,0,0,0.1" for hit in range(1, 4)]
        for name, lines in (("hits", HITS), ("truth", TRUTH + truth)):
            with open(os.path.join(folder, f"event{event:09d}-{name}.csv"), "w", encoding="ascii") as file:
                file.write("\n".join(lines) + "\n")
    return folder

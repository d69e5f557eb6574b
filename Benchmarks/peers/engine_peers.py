"""Snakemake, Luigi, law and DVC, each with the same independent jobs that write a small file into `out`."""

import json
import os
import subprocess
import sys
import time

WORKFLOWS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "workflows")
PROGRAMS = os.path.dirname(sys.executable)


class Engine:
    """A workflow engine in the environment of this process, at work in a folder of its own."""

    name = ""

    def __init__(self, folder, jobs):
        self.folder, self.jobs = folder, jobs
        os.makedirs(folder)

    def command(self):
        """What a user would type, in words."""
        raise NotImplementedError

    @property
    def out(self):
        return os.path.join(self.folder, "out")

    def run(self):
        """Does what is to be done, and gives how many jobs wrote their file."""
        start = time.time_ns()
        self.call(self.command())
        files = [entry for entry in os.scandir(self.out) if entry.name.endswith(".txt")]
        if len(files) != self.jobs:
            raise SystemExit(f"{self.name}: {len(files)} files of {self.jobs} jobs")
        return sum(file.stat().st_mtime_ns >= start for file in files)

    def call(self, command):
        environment = os.environ | {
            "PATH": PROGRAMS + os.pathsep + os.environ["PATH"],
            "PYTHONPATH": WORKFLOWS,
            "PYTHONDONTWRITEBYTECODE": "1",
            "LAW_HOME": os.path.join(self.folder, ".law"),
        }
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")


class Snakemake(Engine):
    name = "Snakemake"

    def command(self):
        snakefile = os.path.join(WORKFLOWS, "Snakefile")
        words = ["snakemake", "--snakefile", snakefile, "--cores", "2", "--quiet", "all"]
        return words + ["--config", f"jobs={self.jobs}"]


class Luigi(Engine):
    name, workers = "Luigi", 1

    def command(self):
        words = ["luigi", "--module", "luigi_jobs", "All", "--jobs", str(self.jobs)]
        return words + ["--workers", str(self.workers), "--local-scheduler", "--log-level", "WARNING"]


class LuigiWithTwoWorkers(Luigi):
    """Luigi starts a process for every task where it has more than one worker."""

    workers = 2


class Law(Engine):
    name = "law"

    def command(self):
        words = ["law", "run", "law_jobs.Jobs", "--jobs", str(self.jobs)]
        return words + ["--local-scheduler", "--log-level", "WARNING"]


class DVC(Engine):
    """A stage a job in a repository of git, as DVC asks for; it neither sends statistics nor looks for news."""

    name = "DVC"

    def __init__(self, folder, jobs):
        super().__init__(folder, jobs)
        stages = {
            f"job-{job}": {"cmd": f"echo {job} > out/{job}.txt", "outs": [f"out/{job}.txt"]}
            for job in range(jobs)
        }
        with open(os.path.join(folder, "dvc.yaml"), "w", encoding="utf-8") as file:
            json.dump({"stages": stages}, file)
        os.makedirs(self.out)
        self.call(["git", "init", "--quiet"])
        self.call(["dvc", "init", "--quiet"])
        for setting in ("core.analytics", "core.check_update"):
            self.call(["dvc", "config", setting, "false"])

    def command(self):
        return ["dvc", "repro", "--quiet"]

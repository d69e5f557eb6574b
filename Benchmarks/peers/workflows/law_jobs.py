"""Independent tasks that each write a small file, as the branches of one workflow in law: Jobs --jobs N."""

import os

import law
import luigi


class Jobs(law.LocalWorkflow):
    jobs = luigi.IntParameter()

    def create_branch_map(self):
        return dict(enumerate(range(self.jobs)))

    def output(self):
        # law takes a relative path to begin at the root.
        return law.LocalFileTarget(os.path.abspath(f"out/{self.branch}.txt"))

    def run(self):
        self.output().dump(f"{self.branch}\n", formatter="text")

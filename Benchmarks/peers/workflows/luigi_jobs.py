"""Independent tasks that each write a small file, in Luigi: All --jobs N."""

import luigi


class Job(luigi.Task):
    number = luigi.IntParameter()

    def output(self):
        return luigi.LocalTarget(f"out/{self.number}.txt")

    def run(self):
        with self.output().open("w") as file:
            file.write(f"{self.number}\n")


class All(luigi.WrapperTask):
    jobs = luigi.IntParameter()

    def requires(self):
        return [Job(number=number) for number in range(self.jobs)]

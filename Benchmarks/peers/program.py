"""The built trackflow-benchmarks as a process that works when it is asked to."""

import json
import os
import subprocess

import numpy


class Program:
    """Starts `serve`; the inputs that it writes are what the peers compute from."""

    def __init__(self, path, inputs, folder, event=None):
        command = [path, "serve", inputs, folder] + ([] if event is None else [str(event)])
        self.inputs = inputs
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answer()

    def run(self, work, repetitions):
        """Seconds and values of each repetition."""
        self.process.stdin.write(f"{work} {repetitions}\n")
        self.process.stdin.flush()
        answer = self._answer()
        return answer["seconds"], answer["values"]

    def start_anew(self, training):
        """The training's next repetition is its first step."""
        self.run(training, 0)

    def array(self, name):
        """An input, or one of the program's results."""
        return numpy.load(os.path.join(self.inputs, name + ".npy"))

    def arrays(self, prefix):
        """All arrays of a prefix, by the rest of their names."""
        files = [f for f in os.listdir(self.inputs) if f.startswith(prefix + "-")]
        return {f[len(prefix) + 1 : -4]: self.array(f[:-4]) for f in sorted(files)}

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("trackflow-benchmarks ended early; what it said is above")
        return json.loads(line)

"""A graph as a file: trackflow's artifact beside NumPy's compressed archive of the same arrays."""

import os
import time

import numpy as np

from event_peers import Served


class ArtifactFile(Served):
    """The program published the graph, loaded it back, and gave what it loaded as `artifact-….npy`."""

    target, repetitions, rounds = 10, 3, 5

    def __init__(self, program):
        super().__init__(program)
        self.name = f"{self.words} of {len(program.array('artifact-end'))} edges"
        self.path = os.path.join(program.inputs, "peer.npz")

    def prepare(self):
        self.arrays = self.program.arrays("artifact")
        self.save()
        for name, values in self.load().items():
            if not np.array_equal(values, self.arrays[name]):
                raise SystemExit(f"{self.name}: {name} differs")

    def save(self):
        np.savez_compressed(self.path, **self.arrays)
        return os.path.getsize(self.path)

    def load(self):
        with np.load(self.path) as file:
            return {name: file[name] for name in file.files}


class ArtifactRead(ArtifactFile):
    words, theirs_name, work = "engine: artifact read, graph", "np.load", "load"

    def peer(self):
        return sum(values.size for values in self.load().values())

    def check(self, ours, theirs):
        return None if ours == theirs else f"{ours} values here, {theirs} there"

    def note(self, row):
        size = 1e-6 * sum(values.nbytes for values in self.arrays.values())
        return f"{size:.1f} MB of arrays; here all checksums and the key are checked, there each array's CRC-32"


class ArtifactWrite(ArtifactFile):
    words, theirs_name, work = "engine: artifact write, graph", "np.savez_compressed", "publish"

    def peer(self):
        return self.save()

    def check(self, ours, theirs):
        return None

    def note(self, row):
        _, (size,) = self.program.run("publish", 1)
        return (
            "synced to disk and renamed here, neither there; "
            f"the syncs of such a file and its folder take {1e3 * self.sync(int(size)):.1f} ms"
        )

    def sync(self, size):
        """Seconds that the disk takes for a new file of so many bytes, the median of nine."""
        seconds = []
        path = os.path.join(self.program.inputs, "sync")
        for _ in range(9):
            with open(path, "wb") as file:
                file.write(os.urandom(size))
                file.flush()
                start = time.perf_counter()
                os.fsync(file.fileno())
            folder = os.open(self.program.inputs, os.O_RDONLY)
            os.fsync(folder)
            seconds.append(time.perf_counter() - start)
            os.close(folder)
            os.remove(path)
        return sorted(seconds)[4]


class ArtifactSize(ArtifactWrite):
    """Bytes of the file, where the others compare times."""

    words, target, unit, units, repetitions = "engine: artifact size, graph", 1, "MB", 1e-6, 1

    def ours(self, repetitions):
        _, sizes = super().ours(repetitions)
        return sizes, sizes

    def theirs(self, repetitions):
        sizes = [self.peer() for _ in range(repetitions)]
        return sizes, sizes

    def note(self, row):
        return None

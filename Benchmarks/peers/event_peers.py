"""Reading, building and scoring of an event: pandas, NumPy and scikit-learn beside trackflow."""

import os

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, roc_auc_score

from rounds import Comparison, relative, timed


class Served(Comparison):
    """A comparison whose own side is one work of the program, and whose other side is `peer`."""

    work = ""
    # Short works are repeated more often, so that what else the machine does cannot meet most of them.
    repetitions = 15

    def __init__(self, program):
        self.program = program

    def ours(self, repetitions):
        return self.program.run(self.work, repetitions)

    def theirs(self, repetitions):
        return timed(self.peer, repetitions)

    def peer(self):
        raise NotImplementedError


class Reading(Served):
    name, theirs_name, work, target = "hits, truth and particles from CSV", "pandas", "read", None
    repetitions = 7

    def __init__(self, program, folder, event):
        super().__init__(program)
        stem = os.path.join(folder, f"event{event:09d}-")
        self.paths = [f"{stem}{file}.csv" for file in ("hits", "truth", "particles")]

    def peer(self):
        return sum(len(pd.read_csv(path)) for path in self.paths)

    def check(self, ours, theirs):
        return None if ours == theirs else f"{ours} rows here, {theirs} there"


class Graph(Served):
    """The notebook's graph, as the notebook builds it: NumPy finds the hits near each one, a loop lists them."""

    name, theirs_name, work, target = "notebook graph", "the notebook's NumPy loop", "graph", 20
    repetitions = 3

    def __init__(self, program):
        super().__init__(program)
        self.hits = pd.DataFrame(program.arrays("hits"))
        self.hits["particle_id"] = program.array("truth-particle_id")
        selected = self.hits.volume_id.isin([8, 13, 17]) & self.hits.z.between(-50, 50, "neither")
        self.hits = self.hits[selected].reset_index(drop=True)
        self.verify(program)

    def peer(self):
        return self.build()[1].shape[1]

    def build(self, max_delta_phi=0.5, max_delta_z=20.0):
        """Features, edges as [start, end] and labels."""
        hits = self.hits
        r, phi = np.hypot(hits.x, hits.y).to_numpy(), np.arctan2(hits.y, hits.x).to_numpy()
        z, layer = hits.z.to_numpy(), (hits.volume_id * 100 + hits.layer_id).to_numpy()
        columns = [hits.x / 1000, hits.y / 1000, hits.z / 1000, r / 1000, phi / np.pi]
        features = np.stack(columns, 1).astype(np.float32)
        rows = self.rows()
        layers = np.unique(layer)
        for inner, outer in zip(layers[:-1], layers[1:]):
            next_hits = np.flatnonzero(layer == outer)
            for hit in np.flatnonzero(layer == inner):
                delta_phi = np.abs(phi[next_hits] - phi[hit])
                delta_phi = np.where(delta_phi > np.pi, 2 * np.pi - delta_phi, delta_phi)
                near_z = np.abs(z[next_hits] - z[hit]) < max_delta_z
                rows.add(hit, next_hits[(delta_phi < max_delta_phi) & near_z])
        return features, *rows.edges()

    def rows(self):
        return ListedRows(self.hits.particle_id.to_numpy())

    def verify(self, program):
        """All edges, in their order, and their labels are the same."""
        _, edges, label = self.build()
        hit_id = program.array("graph-hit_id")
        ours = hit_id[np.stack([program.array("graph-start"), program.array("graph-end")])]
        theirs = self.hits.hit_id.to_numpy()[edges]
        if not (np.array_equal(ours, theirs) and np.array_equal(program.array("graph-label"), label)):
            raise SystemExit(f"{self.name}: other edges or labels than NumPy's")

    def check(self, ours, theirs):
        return None if ours == theirs else f"{ours} edges here, {theirs} there"


class GraphOfArrays(Graph):
    """The same, with whole arrays where the notebook lists edge by edge."""

    theirs_name = "NumPy, row by row"

    def rows(self):
        return ArrayRows(self.hits.particle_id.to_numpy())


class ListedRows:
    """Edges and labels as Python lists, as the notebook collects them."""

    def __init__(self, particle):
        self.particle, self.starts, self.ends, self.label = particle, [], [], []

    def add(self, start, ends):
        for end in ends:
            self.starts.append(start)
            self.ends.append(end)
            same = (self.particle[start] == self.particle[end]) and (self.particle[start] != 0)
            self.label.append(1 if same else 0)

    def edges(self):
        return np.array([self.starts, self.ends]), np.array(self.label)


class ArrayRows:
    """Edges and labels as arrays, one of each row of the graph."""

    def __init__(self, particle):
        self.particle, self.starts, self.ends = particle, [], []

    def add(self, start, ends):
        self.starts.append(np.full(len(ends), start))
        self.ends.append(ends)

    def edges(self):
        starts, ends = np.concatenate(self.starts), np.concatenate(self.ends)
        same = self.particle[starts] == self.particle[ends]
        return np.stack([starts, ends]), same & (self.particle[starts] != 0)


class AreaUnderROC(Served):
    theirs_name, work, target, repetitions = "scikit-learn", "area", 20, 7

    def __init__(self, program):
        super().__init__(program)
        self.scores, self.labels = program.array("edges-score"), program.array("edges-label")
        self.name = f"AUC of {len(self.labels)} edges"

    def peer(self):
        return float(roc_auc_score(self.labels, self.scores))

    def check(self, ours, theirs):
        return relative(1e-12, ours, theirs)


class AveragePrecision(AreaUnderROC):
    work = "precision"

    def __init__(self, program):
        super().__init__(program)
        self.name = f"average precision of {len(self.labels)} edges"

    def peer(self):
        return float(average_precision_score(self.labels, self.scores))


class Histogram(AreaUnderROC):
    theirs_name, work, target = "NumPy", "histogram", None

    def __init__(self, program):
        super().__init__(program)
        self.name = f"histogram of {len(self.labels)} edges"

    def peer(self):
        is_true = self.labels == 1
        # The bins' edges are tested in double precision on both sides.
        kinds = (self.scores[is_true], self.scores[~is_true])
        counts = [np.histogram(kind.astype(np.float64), 50, (0, 1))[0] for kind in kinds]
        counts = np.concatenate(counts)
        return float((counts * np.arange(1, len(counts) + 1)).sum())

    def check(self, ours, theirs):
        return None if ours == theirs else f"other counts: {ours} and {theirs} of both"


class Score(Served):
    """The TrackML score by its definition, on whole columns; both sides have their tables in memory."""

    theirs_name, work, target = "pandas, whole columns", "score", 20

    def __init__(self, program):
        super().__init__(program)
        self.truth = pd.DataFrame(program.arrays("truth"))
        self.submission = pd.DataFrame(program.arrays("submission"))
        self.name = f"TrackML score of {len(self.truth)} hits"

    def peer(self):
        hits = self.truth.merge(self.submission, on="hit_id", how="inner", validate="one_to_one")
        pairs = hits.groupby(["track_id", "particle_id"], as_index=False).agg(
            hits=("weight", "size"), weight=("weight", "sum")
        )
        most = pairs.sort_values(["track_id", "hits"], ascending=[True, False], kind="stable")
        most = most.drop_duplicates("track_id")
        of_track = hits.groupby("track_id").size().reindex(most.track_id).to_numpy()
        of_particle = self.truth.groupby("particle_id").size().reindex(most.particle_id).to_numpy()
        count = most.hits.to_numpy()
        good = (2 * count > of_track) & (2 * count > of_particle) & (most.particle_id != 0).to_numpy()
        return float(most.weight.to_numpy()[good].sum() / self.truth.weight.sum())

    def check(self, ours, theirs):
        return relative(1e-9, ours, theirs)


class ScoreByRows(Score):
    """The same as the challenge's library goes about it: rows sorted by track and particle, walked one by one."""

    theirs_name, repetitions = "pandas, sorted rows", 3

    def peer(self):
        hits = self.truth.merge(self.submission, on="hit_id", how="inner", validate="one_to_one")
        hits = hits.sort_values(["track_id", "particle_id"], kind="stable")
        of_particle = self.truth.particle_id.value_counts(sort=False).to_dict()
        found, track, most, size = 0.0, None, (0, 0, 0.0), 0
        particle, count, weight = None, 0, 0.0

        def share(most, size):
            count, particle, weight = most
            good = 2 * count > size and 2 * count > of_particle.get(particle, 0) and particle != 0
            return weight if good else 0.0

        for row in hits[["track_id", "particle_id", "weight"]].itertuples(index=False):
            if row.track_id != track or row.particle_id != particle:
                if count > most[0]:
                    most = (count, particle, weight)
                particle, count, weight = row.particle_id, 0, 0.0
                if row.track_id != track:
                    found += share(most, size)
                    track, most, size = row.track_id, (0, 0, 0.0), 0
            count, weight, size = count + 1, weight + row.weight, size + 1
        found += share(max(most, (count, particle, weight), key=lambda pair: pair[0]), size)
        return float(found / self.truth.weight.sum())

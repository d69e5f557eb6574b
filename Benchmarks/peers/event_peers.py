"""Reading, building and scoring of an event: pandas, NumPy and scikit-learn beside trackflow."""

import os

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, roc_auc_score

from rounds import Comparison, relative, timed


class Served(Comparison):
    """A comparison whose own side is one work of the program, and whose other side is `peer`."""

    work = ""

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

    def __init__(self, program, folder, event):
        super().__init__(program)
        stem = os.path.join(folder, f"event{event:09d}-")
        self.paths = [f"{stem}{file}.csv" for file in ("hits", "truth", "particles")]

    def peer(self):
        return sum(len(pd.read_csv(path)) for path in self.paths)

    def check(self, ours, theirs):
        return None if ours == theirs else f"{ours} rows here, {theirs} there"


class Graph(Served):
    """The notebook's graph: a loop over the hits of a layer, each against all hits of the next."""

    name, theirs_name, work, target = "notebook graph", "NumPy loop", "graph", 20

    def __init__(self, program):
        super().__init__(program)
        hits = program.arrays("hits")
        self.hits = pd.DataFrame(hits).assign(particle_id=program.array("truth-particle_id"))
        selected = self.hits.volume_id.isin([8, 13, 17]) & self.hits.z.between(-50, 50, "neither")
        self.hits = self.hits[selected].reset_index(drop=True)
        self.verify(program)

    def peer(self):
        return self.build()[1].shape[1]

    def build(self, max_delta_phi=0.5, max_delta_z=20.0):
        hits = self.hits
        r, phi = np.hypot(hits.x, hits.y).to_numpy(), np.arctan2(hits.y, hits.x).to_numpy()
        z, layer = hits.z.to_numpy(), (hits.volume_id * 100 + hits.layer_id).to_numpy()
        particle = hits.particle_id.to_numpy()
        columns = [hits.x / 1000, hits.y / 1000, hits.z / 1000, r / 1000, phi / np.pi]
        features = np.stack(columns, 1).astype(np.float32)
        starts, ends = [], []
        layers = np.unique(layer)
        for inner, outer in zip(layers[:-1], layers[1:]):
            next_hits = np.flatnonzero(layer == outer)
            for hit in np.flatnonzero(layer == inner):
                delta_phi = np.abs(phi[next_hits] - phi[hit])
                delta_phi = np.where(delta_phi > np.pi, 2 * np.pi - delta_phi, delta_phi)
                near_z = np.abs(z[next_hits] - z[hit]) < max_delta_z
                near = next_hits[(delta_phi < max_delta_phi) & near_z]
                starts.append(np.full(len(near), hit))
                ends.append(near)
        edges = np.stack([np.concatenate(starts), np.concatenate(ends)])
        label = (particle[edges[0]] == particle[edges[1]]) & (particle[edges[0]] != 0)
        return features, edges, label

    def verify(self, program):
        """All edges, in their order, and their labels are the same."""
        _, edges, label = self.build()
        ours = program.array("graph-hit_id")[
            np.stack([program.array("graph-start"), program.array("graph-end")])
        ]
        theirs = self.hits.hit_id.to_numpy()[edges]
        if not (np.array_equal(ours, theirs) and np.array_equal(program.array("graph-label"), label)):
            raise SystemExit(f"{self.name}: other edges or labels than NumPy's")

    def check(self, ours, theirs):
        return None if ours == theirs else f"{ours} edges here, {theirs} there"


class AreaUnderROC(Served):
    theirs_name, work, target = "scikit-learn", "area", 20

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


class Score(Served):
    """The TrackML score by its definition, on whole columns; both sides have their tables in memory."""

    theirs_name, work, target = "pandas", "score", 20

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

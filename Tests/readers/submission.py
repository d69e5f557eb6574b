"""Scores exported tracks with pandas by the challenge's rule: submission.py FILE EVENT TRUTH [EVENT TRUTH]...

Prints the mean score with all its digits. FILE is a file of all events, or a folder with one an event.
"""
import os
import sys

import pandas


def score(truth, tracks):
    """The TrackML score: weights of the hits that are on the right track, by double majority."""
    assert tracks.hit_id.is_unique and tracks.hit_id.isin(truth.hit_id).all()
    joined = truth.merge(tracks, on="hit_id", how="inner")
    joined = joined[joined.track_id >= 0]
    track_hits = joined.groupby("track_id").size()
    particle_hits = truth.groupby("particle_id").size()
    pairs = joined.groupby(["track_id", "particle_id"]).agg(hits=("hit_id", "size"), weight=("weight", "sum"))
    pairs = pairs.reset_index()
    pairs = pairs[pairs.particle_id != 0]
    right = (2 * pairs.hits > pairs.track_id.map(track_hits)) & (
        2 * pairs.hits > pairs.particle_id.map(particle_hits))
    return pairs.weight[right].sum() / truth.weight.sum()


path, pairs = sys.argv[1], sys.argv[2:]
scores = []
for event, truth_path in zip(pairs[::2], pairs[1::2]):
    truth = pandas.read_csv(truth_path, dtype={"particle_id": "int64"})
    if os.path.isdir(path):
        tracks = pandas.read_csv(f"{path}/event{int(event):09d}-submission.csv")
        assert list(tracks.columns) == ["hit_id", "track_id"]
    else:
        table = pandas.read_csv(path)
        assert list(table.columns) == ["event_id", "hit_id", "track_id"]
        tracks = table[table.event_id == int(event)][["hit_id", "track_id"]]
    scores.append(score(truth, tracks))
print(repr(float(sum(scores) / len(scores))))

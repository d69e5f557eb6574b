#!/usr/bin/env python3
"""Draws the hits of two events beside each other, seen along the beam and from the side: how alike do they look?

    pip install numpy matplotlib    # and the program zstd on the path for .zst files
    trackflow simulate --events 1 --first 7 --out events
    Benchmarks/event_pictures.py --ours events/event000000007 --reference DIR/event000030000 --out docs/images

writes event-xy.png and event-rz.png: every hit a dot, and the hits of some particles with many hits joined.
"""
import argparse
import csv
import gzip
import io
import pathlib
import subprocess

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402


# Particles whose hits are joined in a panel.
TRACKS = 50


def table(stem, file, columns):
    """Columns of an event's file, plain or compressed."""
    for suffix in ("", ".zst", ".gz"):
        path = pathlib.Path(f"{stem}-{file}.csv{suffix}")
        if not path.exists():
            continue
        if suffix == ".zst":
            text = subprocess.run(["zstd", "-dc", path], check=True, stdout=subprocess.PIPE).stdout
        else:
            text = gzip.decompress(path.read_bytes()) if suffix else path.read_bytes()
        rows = csv.DictReader(io.StringIO(text.decode()))
        return {c: np.array(v) for c, v in zip(columns, zip(*([r[c] for c in columns] for r in rows)))}
    raise SystemExit(f"{stem}-{file}.csv: no such file, neither plain nor .zst nor .gz")


def event(stem):
    """Positions of an event's hits, and for particles with many the rows of their hits on the way out."""
    hits = table(stem, "hits", ["hit_id", "x", "y", "z"])
    truth = table(stem, "truth", ["hit_id", "particle_id"])
    particle = dict(zip(truth["hit_id"], truth["particle_id"]))
    particle = np.array([particle[h] for h in hits["hit_id"]])
    x, y, z = (hits[c].astype(float) for c in "xyz")
    names, counts = np.unique(particle, return_counts=True)
    long = names[(counts >= 10) & (names != "0")]
    distance = np.hypot(np.hypot(x, y), z)
    tracks = [np.flatnonzero(particle == name) for name in long[:: max(1, len(long) // 500)]]
    return x, y, z, [rows[np.argsort(distance[rows])] for rows in tracks]


def draw(across, upward, labels, limits, size, events, out):
    """One picture: an event a panel, every hit a dot."""
    figure, panels = plt.subplots(1, 2, figsize=size, sharey=True, layout="constrained")
    for panel, (name, (x, y, z, tracks)) in zip(panels, events.items()):
        frame = dict(x=x, y=y, z=z, r=np.hypot(x, y))
        # The barrel alone along the beam: disks would cover it.
        seen = np.abs(z) < 500 if across == "x" else np.ones(len(z), dtype=bool)
        panel.plot(frame[across][seen], frame[upward][seen], ",", color="#1f5a99")
        whole = [rows for rows in tracks if seen[rows].all()]
        for rows in whole[:: max(1, len(whole) // TRACKS)][:TRACKS]:
            panel.plot(frame[across][rows], frame[upward][rows], color="#d9622b", linewidth=0.5)
        panel.set(title=f"{name}: {seen.sum():,} hits", xlabel=labels[0], xlim=limits[0], ylim=limits[1])
        panel.set_aspect("equal" if across == "x" else "auto")
    panels[0].set_ylabel(labels[1])
    # Few colours keep the file small.
    figure.savefig(out, dpi=130, pil_kwargs={"optimize": True})
    plt.close(figure)
    from PIL import Image
    Image.open(out).convert("RGB").quantize(32).save(out, optimize=True)
    print(out, out.stat().st_size // 1000, "kB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", required=True, help="path of the event's files up to -hits.csv")
    parser.add_argument("--reference", required=True, help="the same of the other event")
    parser.add_argument("--name", default="ACTS Fatras", help="what the reference is called in the picture")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for the pictures")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    events = {"trackflow": event(arguments.ours), arguments.name: event(arguments.reference)}
    draw("x", "y", ("x in mm, |z| < 500 mm", "y in mm"), ((-1080, 1080),) * 2, (10, 5.3), events,
         arguments.out / "event-xy.png")
    draw("z", "r", ("z in mm", "r in mm"), ((-3050, 3050), (0, 1080)), (10, 3.6), events,
         arguments.out / "event-rz.png")


if __name__ == "__main__":
    main()

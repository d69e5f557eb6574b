#!/usr/bin/env python3
"""Draws for docs/reconstruction.md how single tracks come about, from the results of a run of workflows/full.json.

    pip install numpy matplotlib zstandard    # matplotlib brings pillow
    trackflow run workflows/full.json --cache CACHE --run-dir RUN
    docs/figures/reconstruction_figures.py CACHE RUN --event 98 --out docs/images

writes reconstruction-steps.png, a primary on its way through the first pass; reconstruction-secondary.png, a secondary
that the second pass finds; and reconstruction-table.png, the candidate table of the innermost two barrel layers. The
particles are those of the event with the busiest surroundings among tracks that end up whole and pure.
"""
import argparse
import json
import pathlib

import matplotlib
import numpy as np
import zstandard
from PIL import Image

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.collections import LineCollection  # noqa: E402
from matplotlib.colors import LogNorm  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402

# Okabe and Ito's colours.
OWN, TRUE, FALSE, COMPANION, ADDED = "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#009e73"
HIT, GONE = "#b0b0b0", "#cc79a7"
# Layers 8/2 and 8/4 of the TrackML detector.
INNERMOST = (7, 8)


class Artifact:
    """One file of the cache: 48 bytes, the header, a zstd frame an array."""

    def __init__(self, cache, key):
        data = (cache / "objects" / key[:2] / f"{key}.tfz").read_bytes()
        at = 48 + int.from_bytes(data[12:16], "little")
        header = json.loads(data[48:at])
        self.parameters = header["keyText"]["parameters"]
        self.summary = header["summary"]
        self.inputs = {entry["kind"]: entry["key"] for entry in header["keyText"]["inputs"]}
        self.arrays = {}
        for entry in header["arrays"]:
            frame = zstandard.ZstdDecompressor().decompressobj().decompress(data[at:at + entry["frame"]])
            self.arrays[entry["name"]] = np.frombuffer(frame, "<" + entry["type"]).reshape(entry["shape"])
            at += entry["frame"]

    def __getitem__(self, name):
        return self.arrays[name]

    def tracks(self):
        """Path and companions of every track."""
        paths = np.split(self["path"], np.cumsum(self["pathLength"])[:-1])
        return list(zip(paths, np.split(self["companion"], np.cumsum(self["companionCount"])[:-1])))


class Event:
    """The results of all stages for one event, and its hits."""

    def __init__(self, cache, run, number):
        last = {}
        for line in (run / "journal.jsonl").read_text().splitlines():
            entry = json.loads(line)
            if "key" in entry and entry.get("event", number) == number:
                last[entry["stage"]] = entry["key"]
        self.tracks = Artifact(cache, last["tracks"])

        def load(artifact, kind):
            return Artifact(cache, artifact.inputs[kind])

        # Every result names what it was made from, whether this run made it or found it in the cache.
        self.paths2 = load(self.tracks, "reconstructed-tracks")
        self.triplets2 = load(self.paths2, "find-triplets")
        self.doublets2 = load(self.paths2, "find-doublets")
        self.first = load(self.paths2, "reconstructed-tracks")
        self.paths = load(self.first, "reconstructed-tracks")
        self.triplets = load(self.paths, "find-triplets")
        self.doublets = load(self.paths, "find-doublets")
        self.candidates = load(self.doublets, "learn-candidates")
        self.hits = load(self.paths, "prepare-hits")
        self.x, self.y, self.z, self.r, self.phi = self.hits["records"].reshape(-1, 32)[:, :5].T
        self.particle, self.step = self.hits["particle"], self.hits["step"]
        self.momentum, self.born = self.origins(load(self.hits, "simulate-events"))

    def origins(self, made):
        """Of each particle of the prepared hits the transverse momentum, GeV/c, and how far out it was born, mm."""
        columns = {name: made["particles." + name] for name in ("px", "py", "vx", "vy")}
        known = {particle: row for row, particle in enumerate(made["particles.particle_id"])}
        rows = np.zeros(len(self.hits["hitCount"]), int)
        for hit, particle in enumerate(self.particle):
            rows[particle] = known.get(made["truth.particle_id"][hit], 0)
        return np.hypot(columns["px"], columns["py"])[rows], np.hypot(columns["vx"], columns["vy"])[rows]

    def whole(self, path, companions):
        """The particle whose hits are exactly those of a track; 0 where there is none."""
        hits = np.concatenate([path, companions])
        particle = self.particle[hits[0]]
        alone = (self.particle[hits] == particle).all() and len(hits) == self.hits["hitCount"][particle]
        return particle if alone else 0

    def near(self, particle, width=20, share=0.07):
        """Which hits lie within `width` mm + `share` r of the particle, around the beam as well as along it."""
        own = np.flatnonzero(self.particle == particle)
        own = own[np.argsort(self.r[own])]
        turn = self.phi[own[0]]
        phi = np.interp(self.r, self.r[own], np.unwrap(self.phi[own] - turn))
        away = np.angle(np.exp(1j * (self.phi - turn - phi))) * self.r
        along = self.z - np.interp(self.r, self.r[own], self.z[own])
        inside = (self.r > self.r[own[0]] - 10) & (self.r < self.r[own[-1]] + 20)
        return inside & (np.hypot(away, along) < width + share * self.r)

    def chains(self, doublets, triplets=None):
        """Doublets as rows of two hits, or triplets as rows of three."""
        pairs = np.stack([doublets["from"], doublets["to"]], axis=1)
        if triplets is None:
            return pairs
        return np.concatenate([pairs[triplets["first"]], pairs[triplets["second"], 1:]], axis=1)

    def all_candidates(self, hits):
        """Pairs of some hits that the first pass's table allows."""
        most, threshold = self.candidates.summary["mostCurvature"], self.doublets.parameters["threshold"]
        pairs = [np.zeros((0, 2), int)]
        for (inner, outer), table in zip(self.candidates["pairs"], self.candidates["table"]):
            a, b = hits[self.hits["layer"][hits] == inner], hits[self.hits["layer"][hits] == outer]
            a, b = np.repeat(a, len(b)), np.tile(b, len(a))
            chord = np.hypot(self.x[b] - self.x[a], self.y[b] - self.y[a]) + 1e-6
            c = np.abs(2 * (self.x[a] * self.y[b] - self.y[a] * self.x[b]) / (self.r[a] * self.r[b] * chord))
            way_a, way_b = (np.arcsin(np.minimum(self.r[h] * c / 2, 1)) / np.maximum(c / 2, 1e-12) for h in (a, b))
            z0 = self.z[a] - (self.z[b] - self.z[a]) / (way_b - way_a) * way_a
            row = (np.sqrt(c / most) * table.shape[0]).astype(int)
            column = ((np.arcsinh(z0 / 4) + 6.5) / 13 * table.shape[1]).clip(0, table.shape[1] - 1).astype(int)
            kept = row < table.shape[0]
            kept[kept] = table[row[kept], column[kept]] >= threshold
            pairs.append(np.stack([a[kept], b[kept]], axis=1))
        return np.concatenate(pairs)


class Surroundings:
    """A particle's neighbourhood in an event, drawn panel by panel."""

    def __init__(self, event, particle, **road):
        self.event, self.particle = event, particle
        self.near = event.near(particle, **road)
        self.own = np.flatnonzero(event.particle == particle)

    def inside(self, chains):
        """Those whose hits are all near."""
        return chains[self.near[chains].all(axis=1)]

    def place(self, view, hits):
        across, upward = view
        return np.stack([getattr(self.event, across)[hits], getattr(self.event, upward)[hits]], axis=-1)

    def dots(self, panel, view, hits, color=HIT, size=3, **style):
        panel.scatter(*self.place(view, hits).T, s=size, color=color, **{"linewidths": 0} | style)

    def hits(self, panel, view):
        others = np.flatnonzero(self.near & (self.event.particle != self.particle))
        self.dots(panel, view, others)
        self.dots(panel, view, self.own, "black", 9, zorder=5)

    def links(self, panel, view, chains):
        """Chains of hits: wrong ones, right ones of other particles, and over them those of the particle."""
        particle, step = self.event.particle[chains], self.event.step[chains]
        right = (particle[:, :1] == particle).all(axis=1) & (particle[:, 0] > 0) & (np.diff(step) == 1).all(axis=1)
        own = right & (particle[:, 0] == self.particle)
        for chosen, color, width, order in ((~right, FALSE, 0.45, 2), (right & ~own, TRUE, 0.7, 3), (own, OWN, 1.6, 4)):
            lines = LineCollection(self.place(view, chains[chosen]), colors=color, linewidths=width, zorder=order)
            panel.add_collection(lines)


def busiest(event, tracks, wanted):
    """The wanted track with most hits near it, as the particle's number and the track."""
    found = [(event.whole(*track), track) for track in tracks]
    found = [(particle, track) for particle, track in found if particle and wanted(particle, *track)]
    if not found:
        raise SystemExit("the event has no such track; take another with --event")
    return max(found, key=lambda entry: (event.near(entry[0]).sum(), entry[0]))


def legend(figure, entries):
    marks = [Line2D([], [], label=name, **style) for name, style in entries]
    figure.legend(handles=marks, loc="outside lower center", ncols=len(marks), frameon=False, handlelength=1.4,
                  columnspacing=1.4)


def mark(color, marker, size=4):
    return dict(color=color, marker=marker, markersize=size, linestyle="")


def line(color, width=1.6):
    return dict(color=color, linewidth=width)


LEGEND = [("hit", mark(HIT, "o", 3)), ("hit of the particle", mark("black", "o", 4)), ("false", line(FALSE)),
          ("true, another particle", line(TRUE)), ("true, the particle", line(OWN)),
          ("companion", mark(COMPANION, "D")), ("added by extension", mark(ADDED, "s"))]


def counted(track, between):
    path, companions = map(len, track)
    return f"{path} hits{between}{companions} companion{'' if companions == 1 else 's'}"


def draw_track(around, path, companions, before=None):
    """Draws a track on a panel; what it has more than the hits `before` in the colour of the extension."""
    def added(*hits):
        return before is not None and not before.issuperset(hits)

    def draw(panel, view):
        around.hits(panel, view)
        for pair in zip(path, path[1:]):
            panel.plot(*around.place(view, list(pair)).T, color=ADDED if added(*pair) else OWN, linewidth=1.6, zorder=4)
        marks = [(hit, "s", ADDED) for hit in path if added(hit)]
        marks += [(hit, "D", ADDED if added(hit) else COMPANION) for hit in companions]
        for hit, marker, color in marks:
            panel.plot(*around.place(view, hit), marker, color=color, markersize=4.5, zorder=6,
                       markeredgecolor="white", markeredgewidth=0.5)

    return draw


def draw_links(around, chains):
    """Draws doublets or triplets on a panel."""
    def draw(panel, view):
        around.hits(panel, view)
        around.links(panel, view, chains)

    return draw


def fill(panel, draw, view, around, hits, margin):
    """Draws on a panel, which shows some hits and `margin` mm around them."""
    draw(panel, view)
    places = around.place(view, hits)
    low, high = places.min(axis=0) - margin, places.max(axis=0) + margin
    panel.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))


def steps(event, out):
    """A primary through the first pass."""
    earlier = {hit: (path, more) for path, more in event.paths.tracks() for hit in path}

    def wanted(particle, path, companions):
        # Along x and out to the last layer, so that it fills wide panels.
        before = earlier.get(path[len(path) // 2])
        return (0.6 < event.momentum[particle] < 1 and not event.hits["isSecondary"][particle]
                and before is not None and len(before[1]) >= 2 and len(path) > len(before[0])
                and event.r[path].max() > 900 and np.abs(event.y[path]).max() < 160
                and np.abs(event.z[path]).max() > 300)

    particle, track = busiest(event, event.first.tracks(), wanted)
    before = earlier[track[0][len(track[0]) // 2]]
    held = set(np.concatenate(before).tolist())
    around = Surroundings(event, particle)
    candidates = event.all_candidates(np.flatnonzero(around.near))
    doublets = around.inside(event.chains(event.doublets))
    triplets = around.inside(event.chains(event.doublets, event.triplets))
    rows = [
        (f"Hits near a particle: {around.near.sum():,}, {len(around.own)} its own", around.hits),
        (f"Candidates: {len(candidates):,}", draw_links(around, candidates)),
        (f"Doublets that the filter keeps: {len(doublets):,}", draw_links(around, doublets)),
        (f"Triplets: {len(triplets):,}", draw_links(around, triplets)),
        (f"Best path: {counted(before, ' and ')}", draw_track(around, *before)),
        (f"Extension: {sum(map(len, track)) - len(held)} hits more", draw_track(around, *track, held)),
    ]
    inner = around.own[event.r[around.own] < 200]
    views = [("xy", around.own, 25), ("xy", inner, 8), ("zr", around.own, 40)]
    figure, panels = plt.subplots(len(rows), len(views), figsize=(10, 10.5), sharex="col", sharey="col",
                                  layout="constrained", width_ratios=(1.2, 1, 1))
    for (title, draw), row in zip(rows, panels):
        row[0].set_title(title, loc="left", fontweight="bold")
        for panel, (view, shown, margin) in zip(row, views):
            fill(panel, draw, view, around, shown, margin)
            panel.set_ylabel(f"{view[1]} in mm")
    for panel, (view, _, _) in zip(panels[-1], views):
        panel.set_xlabel(f"{view[0]} in mm")
    for panel, name in zip(panels[0], ("", "along the beam, innermost layers", "from the side")):
        panel.set_title(name, loc="right")
    legend(figure, LEGEND)
    print("primary", particle, f"{event.momentum[particle]:.2f} GeV/c")
    save(figure, out / "reconstruction-steps.png")


def secondary(event, out):
    """A secondary through the second pass."""
    used = np.zeros(len(event.x), bool)
    for track in event.first.tracks():
        used[np.concatenate(track)] = True

    def wanted(particle, path, companions):
        # One that the first pass's table has no room for.
        return (event.hits["isSecondary"][particle] and not used[path].any() and len(path) >= 7 and len(companions) >= 1
                and 60 < event.born[particle] < event.r[path].min() and event.r[path].max() > 900
                and len(event.all_candidates(np.flatnonzero(event.particle == particle))) == 0)

    particle, track = busiest(event, event.tracks.tracks(), wanted)
    around = Surroundings(event, particle)
    gone = np.flatnonzero(around.near & used)
    around.near &= ~used
    doublets = around.inside(event.chains(event.doublets2))
    triplets = around.inside(event.chains(event.doublets2, event.triplets2))

    def left(panel, view):
        around.dots(panel, view, gone, GONE, 5, marker="x", linewidths=0.5)
        around.hits(panel, view)

    columns = [
        (f"Hits: {len(gone):,} taken, {around.near.sum():,} left", left),
        (f"Doublets: {len(doublets):,}", draw_links(around, doublets)),
        (f"Triplets: {len(triplets):,}", draw_links(around, triplets)),
        (f"Track: {counted(track, ', ')}", draw_track(around, *track)),
    ]
    figure, panels = plt.subplots(2, len(columns), figsize=(10, 5), sharex="row", sharey="row", layout="constrained")
    for view, row in zip(("xy", "zr"), panels):
        row[0].set_ylabel(f"{view[1]} in mm")
        for panel, (title, draw) in zip(row, columns):
            fill(panel, draw, view, around, around.own, 40)
            panel.set_xlabel(f"{view[0]} in mm")
            if view == "xy":
                panel.set_title(title, loc="left", fontweight="bold")
    legend(figure, [("taken by the first pass", mark(GONE, "x", 3))] + LEGEND[:-1])
    print("secondary", particle, f"{event.momentum[particle]:.2f} GeV/c, born at r = {event.born[particle]:.0f} mm")
    save(figure, out / "reconstruction-secondary.png")


def table(event, out):
    """The candidate table of the innermost two barrel layers, 8/2 and 8/4."""
    place = {tuple(pair): number for number, pair in enumerate(event.candidates["pairs"].tolist())}[INNERMOST]
    values, most = event.candidates["table"][place], event.candidates.summary["mostCurvature"]
    rows, columns = values.shape
    figure, panel = plt.subplots(figsize=(7, 3.4), layout="constrained")
    threshold = event.doublets.parameters["threshold"]
    image = panel.pcolormesh(np.arange(columns + 1), np.arange(rows + 1), np.maximum(values, 1e-12), cmap="cividis",
                             norm=LogNorm(threshold / 100, values.max()))
    # The cells' edges that part what is taken from what is not.
    kept = np.pad(values >= threshold, 1)
    edges = [[(x, y), (x, y + 1)] for y, x in np.argwhere(kept[1:-1, 1:] != kept[1:-1, :-1])]
    edges += [[(x, y), (x + 1, y)] for y, x in np.argwhere(kept[1:, 1:-1] != kept[:-1, 1:-1])]
    panel.add_collection(LineCollection(edges, colors="white", linewidths=1.2))
    ticks = np.array([-1000, -100, -10, 0, 10, 100, 1000])
    panel.set_xticks((np.arcsinh(ticks / 4) + 6.5) / 13 * columns, ticks)
    ticks = np.array([0, 0.1, 0.5, 1, 2, 3, 4, 6, 8, 10, 12])
    panel.set_yticks(rows * np.sqrt(ticks / 1000 / most), [f"{tick:g}" for tick in ticks])
    panel.set(xlabel="z0 in mm", ylabel="|c| in 1/m", ylim=(0, rows))
    figure.colorbar(image, label="true weight of a pair", extend="min")
    save(figure, out / "reconstruction-table.png")


def save(figure, path):
    figure.savefig(path, dpi=140)
    plt.close(figure)
    # Few colours keep the file small.
    picture = Image.open(path).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    print(path, path.stat().st_size // 1000, "kB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=pathlib.Path, metavar="CACHE", help="folder of the results")
    parser.add_argument("run", type=pathlib.Path, metavar="RUN", help="folder of the run, with its journal")
    parser.add_argument("--event", type=int, default=98, help="an event of the test events")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for the pictures")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    plt.rcParams.update({"font.size": 8, "axes.linewidth": 0.6, "axes.spines.top": False, "axes.spines.right": False})
    event = Event(arguments.cache, arguments.run, arguments.event)
    steps(event, arguments.out)
    secondary(event, arguments.out)
    table(event, arguments.out)


if __name__ == "__main__":
    main()

"""One training step of a network of several passes in plain PyTorch, with index_add for the sums.

usage: multi_pass_network.py INPUTS [--threads N] [--steps N]

INPUTS is the folder of arrays that `trackflow-benchmarks serve` writes. Prints one JSON object: the seconds of each
step and the losses, each taken before its step. `--weights PREFIX` takes the weights of that name from the folder.
"""

import argparse
import json
import os
import statistics

import numpy as np
import torch
from torch import nn

from rounds import timed


def perceptron(inputs, hidden, outputs):
    return nn.Sequential(
        nn.Linear(inputs, hidden), nn.LayerNorm(hidden), nn.ReLU(), nn.Linear(hidden, outputs)
    )


class MultiPassNetwork(nn.Module):
    """Encodes nodes and edges, lets them update each other, each pass with weights of its own, and classifies."""

    def __init__(self, hidden=64, passes=4, node_features=5, edge_features=6):
        super().__init__()
        self.node_encoder = perceptron(node_features, hidden, hidden)
        self.edge_encoder = perceptron(edge_features, hidden, hidden)
        self.edge_mlps = nn.ModuleList(perceptron(3 * hidden, hidden, hidden) for _ in range(passes))
        self.node_mlps = nn.ModuleList(perceptron(3 * hidden, hidden, hidden) for _ in range(passes))
        self.output = perceptron(3 * hidden, hidden, 1)

    def forward(self, nodes, edges, start, end):
        h, e = self.node_encoder(nodes), self.edge_encoder(edges)
        for edge_mlp, node_mlp in zip(self.edge_mlps, self.node_mlps):
            e = e + edge_mlp(torch.cat([h[end], h[start], e], 1))
            incoming = torch.zeros_like(h).index_add(0, end, e)
            outgoing = torch.zeros_like(h).index_add(0, start, e)
            h = h + node_mlp(torch.cat([h, incoming, outgoing], 1))
        return self.output(torch.cat([h[end], h[start], e], 1)).squeeze(-1)


class MultiPassStep:
    """A training on one graph, a step at a time."""

    def __init__(self, array, weights=None, threads=1):
        """`array` gives the array of a name; `weights` are by PyTorch's names."""
        self.threads = threads
        self.nodes = torch.from_numpy(array("graph-node_features"))
        self.edges = torch.from_numpy(array("graph-edge_features"))
        self.start = torch.from_numpy(array("graph-start")).long()
        self.end = torch.from_numpy(array("graph-end")).long()
        self.label = torch.from_numpy(array("graph-label")).float()
        torch.manual_seed(1)
        self.network = MultiPassNetwork()
        if weights:
            self.network.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
        positive = self.label.sum()
        self.criterion = nn.BCEWithLogitsLoss(pos_weight=(len(self.label) - positive) / positive)
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=1e-3)

    def __call__(self):
        """One step; gives the loss before it."""
        torch.set_num_threads(self.threads)
        self.optimiser.zero_grad()
        logits = self.network(self.nodes, self.edges, self.start, self.end)
        loss = self.criterion(logits, self.label)
        loss.backward()
        self.optimiser.step()
        return loss.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--weights", help="prefix of the arrays that hold the weights")
    options = parser.parse_args()

    def array(name):
        return np.load(os.path.join(options.inputs, name + ".npy"))

    weights = None
    if options.weights:
        prefix = options.weights + "-"
        names = [f[:-4] for f in os.listdir(options.inputs) if f.startswith(prefix)]
        weights = {name[len(prefix) :]: array(name) for name in names}
    step = MultiPassStep(array, weights, options.threads)
    first = step()  # warms up
    seconds, losses = timed(step, options.steps)
    report = {
        "edges": len(step.label),
        "threads": options.threads,
        "median": statistics.median(seconds),
        "seconds": seconds,
        "losses": [first] + losses,
        "torch": torch.__version__,
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

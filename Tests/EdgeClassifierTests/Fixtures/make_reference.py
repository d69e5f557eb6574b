#!/usr/bin/env python3
"""Writes reference.json: what PyTorch makes of small random graphs with the interaction network, in double precision.

    pip install torch numpy
    python make_reference.py
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

POSITIVE_WEIGHT, LEARNING_RATE, STEPS = 3.5, 1e-2, 5


def random_graph(generator, nodes, layers):
    """Nodes in layer order, edges between layers that follow each other, sorted by start and end."""
    layer = np.sort(generator.integers(0, layers, nodes))
    features = generator.normal(0, 0.5, (nodes, 5)).astype(np.float32)
    edges = [(i, j) for i in range(nodes) for j in range(nodes)
             if layer[j] == layer[i] + 1 and generator.random() < 0.4]
    label = generator.integers(0, 2, len(edges))
    return layer, features, np.array(edges), label


class Network(nn.Module):
    def __init__(self, hidden, passes):
        super().__init__()
        self.passes = passes
        self.edge_mlp = nn.Sequential(
            nn.Linear(15, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, 1))
        self.node_mlp = nn.Sequential(nn.Linear(6, hidden), nn.ReLU(), nn.Linear(hidden, 5))

    def forward(self, x, edges):
        for index in range(self.passes):
            end, start = x[edges[:, 1]], x[edges[:, 0]]
            logits = self.edge_mlp(torch.cat([end, start, start - end], 1))
            if index < self.passes - 1:
                summed = torch.zeros(len(x), 1, dtype=x.dtype).index_add(0, edges[:, 1], logits)
                x = self.node_mlp(torch.cat([x, summed], 1))
        return logits.squeeze(1)


def numbers(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().double().flatten().tolist()]


def state(model):
    return {k: numbers(v) for k, v in model.state_dict().items() if v.is_floating_point()}


def case(seed, hidden, passes):
    torch.manual_seed(seed)
    layer, features, edges, label = random_graph(np.random.default_rng(seed), 24, 3)
    model = Network(hidden, passes)
    with torch.no_grad():  # Nothing may hide behind an identity.
        model.edge_mlp[1].weight.uniform_(0.5, 1.5)
        model.edge_mlp[1].bias.uniform_(-0.5, 0.5)
    result = {"hidden": hidden, "passes": passes, "layer": layer.tolist(),
              "features": numbers(torch.from_numpy(features)), "edges": edges.flatten().tolist(),
              "label": label.tolist(), "initial": state(model)}
    model = model.double()
    x, e, y = torch.from_numpy(features).double(), torch.from_numpy(edges), torch.from_numpy(label).double()
    criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(POSITIVE_WEIGHT, dtype=torch.float64))
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    result["loss"], result["norm"] = [], []
    for step in range(STEPS):
        model.train()
        optimiser.zero_grad()
        logits = model(x, e)
        loss = criterion(logits, y)
        loss.backward()
        if step == 0:
            result["logits"] = numbers(logits)
            result["gradient"] = {k: numbers(p.grad) for k, p in model.named_parameters() if p.grad is not None}
        result["norm"].append(nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        result["loss"].append(loss.item())
        optimiser.step()
    model.eval()
    result["running"] = {k: v for k, v in state(model).items() if "running" in k}
    result["evaluation"] = numbers(model(x, e))
    return result


cases = [case(1, 5, 1), case(2, 5, 2), case(3, 4, 3)]
document = {"positiveWeight": POSITIVE_WEIGHT, "learningRate": LEARNING_RATE, "cases": cases}
lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
head = json.dumps({k: v for k, v in document.items() if k != "cases"})[:-1]
Path(__file__).with_name("reference.json").write_text(f'{head}, "cases": [\n{lines}\n]}}\n')

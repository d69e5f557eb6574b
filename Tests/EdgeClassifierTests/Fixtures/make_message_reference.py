#!/usr/bin/env python3
"""Writes message-reference.json: what PyTorch makes of small random graphs with message-passing networks.

All in double precision; the modules have the names that the program uses, in the order of the state dict.

    pip install torch numpy
    python make_message_reference.py
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

POSITIVE_WEIGHT, LEARNING_RATE, DECAY, STEPS = 3.5, 1e-2, 0.05, 4


def perceptron(inputs, hidden, outputs, layers, norm):
    modules, width = [], inputs
    for _ in range(layers - 1):
        modules.append(nn.Linear(width, hidden))
        if norm == "layer":
            modules.append(nn.LayerNorm(hidden))
        if norm == "batch":
            modules.append(nn.BatchNorm1d(hidden))
        modules.append(nn.ReLU())
        width = hidden
    return nn.Sequential(*modules, nn.Linear(width, outputs))


class Pass(nn.Module):
    def __init__(self, c, old):
        super().__init__()
        h, sizes = c["hidden"], (c["hidden"], c["hidden"], c["layers"], c["norm"])
        if c["normalisesStates"]:
            self.edge_norm, self.node_norm = nn.LayerNorm(h), nn.LayerNorm(h)
        self.edge_mlp = perceptron(3 * old * h, *sizes)
        if c["hasGates"]:
            self.gate = nn.Linear(h, 2)
        self.node_mlp = perceptron((old + 2 + c["groups"]) * h, *sizes)


class Network(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        h, old = c["hidden"], 2 if c["skip"] == "concatenated" else 1
        for name, count in (("node", c["nodeInputs"]), ("edge", c["edgeInputs"])):
            self.register_buffer(f"{name}_mean", torch.randn(count) * 0.3)
            self.register_buffer(f"{name}_scale", torch.rand(count) + 0.5)
        self.node_encoder = perceptron(c["nodeInputs"], h, h, c["layers"], c["norm"])
        self.edge_encoder = perceptron(c["edgeInputs"], h, h, c["layers"], c["norm"])
        self.passes = nn.ModuleList(Pass(c, old) for _ in range(1 if c["sharesWeights"] else c["passes"]))
        self.output = perceptron(3 * h, h, 1, c["layers"], c["norm"])

    def forward(self, g):
        c, start, end = self.c, g["start"], g["end"]
        add = lambda values, index, count: torch.zeros(count, values.shape[1], dtype=values.dtype).index_add(0, index, values)
        x = self.node_encoder((g["x"] - self.node_mean) * self.node_scale)
        e = self.edge_encoder((g["e"] - self.edge_mean) * self.edge_scale)
        first_x, first_e, keep = x, e, c["skip"] == "residual"
        for index in range(c["passes"]):
            p = self.passes[0 if c["sharesWeights"] else index]
            xn, en = (p.node_norm(x), p.edge_norm(e)) if c["normalisesStates"] else (x, e)
            if c["skip"] == "concatenated":
                parts = [xn[end], first_x[end], xn[start], first_x[start], en, first_e]
                own = [xn, first_x]
            else:
                parts, own = [xn[end], xn[start], en], [xn]
            new = p.edge_mlp(torch.cat(parts, 1))
            e = e + new if keep else new
            gates = torch.sigmoid(p.gate(e)) if c["hasGates"] else torch.ones(len(e), 2, dtype=e.dtype)
            own += [add(e * gates[:, 1:], end, len(x)), add(e * gates[:, :1], start, len(x))]
            for group in g["groups"][:c["groups"]]:
                size = torch.bincount(group, minlength=len(x)).to(x.dtype)
                own.append(add(xn, group, len(x))[group] / size[group].sqrt()[:, None])
            new = p.node_mlp(torch.cat(own, 1))
            x = x + new if keep else new
        logits = self.output(torch.cat([x[end], x[start], e], 1))[:, 0]
        return logits + g["initial"] if c["addsToInitialLogit"] else logits


def loss_of(logits, g, focusing):
    wrong = torch.where(g["y"] > 0, -logits, logits)
    loss = nn.functional.softplus(wrong) * torch.sigmoid(wrong) ** focusing
    weight = torch.where(g["y"] > 0, POSITIVE_WEIGHT, 1.0) * g["weight"]
    return (loss * weight).sum() / (g["weight"] > 0).sum()


def numbers(tensor, digits=9):
    return [float(f"{v:.{digits}g}") for v in tensor.detach().double().flatten().tolist()]


def state(model):
    return {k: numbers(v, 7) for k, v in model.state_dict().items() if v.is_floating_point()}


def graph(c, seed):
    generator = np.random.default_rng(seed)
    nodes, edges = 30, 110
    pairs = np.unique(np.sort(generator.integers(0, nodes, (2 * edges, 2)), 1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    pairs = pairs[np.sort(generator.permutation(len(pairs))[:edges])]
    count = len(pairs)
    weight = np.where(generator.random(count) < 0.2, 0, generator.random(count) + 0.5) if c["weighted"] else np.ones(count)
    return {"x": torch.from_numpy(generator.normal(0, 1, (nodes, c["nodeInputs"])).astype(np.float32)),
            "e": torch.from_numpy(generator.normal(0, 1, (count, c["edgeInputs"])).astype(np.float32)),
            "start": torch.from_numpy(pairs[:, 0]), "end": torch.from_numpy(pairs[:, 1]),
            "y": torch.from_numpy(generator.integers(0, 2, count)),
            "weight": torch.from_numpy(weight.astype(np.float32)),
            "groups": [torch.from_numpy(generator.integers(0, 9, nodes)) for _ in range(2)],
            "initial": torch.from_numpy(generator.normal(0, 1, count).astype(np.float32))}


def case(seed, focusing=0.0, **changes):
    c = {"nodeInputs": 3, "edgeInputs": 4, "hidden": 5, "passes": 2, "layers": 2, "norm": "layer", "skip": "residual",
         "normalisesStates": False, "hasGates": False, "groups": 0, "sharesWeights": False,
         "addsToInitialLogit": False, "weighted": False} | changes
    torch.manual_seed(seed)
    g, model = graph(c, seed), Network(c)
    with torch.no_grad():  # Nothing may hide behind an identity.
        for name, values in list(model.named_parameters()) + list(model.named_buffers()):
            if "norm" in name or values.ndim == 1 and name.endswith("weight"):
                values += 0.4 * torch.randn_like(values)
            values.copy_((values.double() * 1e4).round() / 1e4)  # Few digits say all of a weight.
    whole = lambda t: [int(v) for v in t.tolist()]
    result = c | {"focusing": focusing, "x": numbers(g["x"]), "e": numbers(g["e"]), "start": whole(g["start"]),
                  "end": whole(g["end"]), "label": whole(g["y"]), "weight": numbers(g["weight"]),
                  "groupOfNode": [whole(v) for v in g["groups"][:c["groups"]]], "initialLogit": numbers(g["initial"]),
                  "initial": state(model)}
    model = model.double()
    g = {k: v.double() if torch.is_tensor(v) and v.is_floating_point() else v for k, v in g.items()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=DECAY)
    result["loss"], result["gradientNorm"] = [], []
    for step in range(STEPS):
        model.train()
        optimiser.zero_grad()
        logits = model(g)
        loss = loss_of(logits, g, focusing)
        loss.backward()
        if step == 0:
            result["logits"] = numbers(logits)
            result["gradient"] = {k: numbers(p.grad, 7) for k, p in model.named_parameters()}
        result["gradientNorm"].append(nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        result["loss"].append(loss.item())
        optimiser.step()
    model.eval()
    result["evaluation"] = numbers(model(g))
    return result


cases = [
    case(1), case(2, layers=3, norm="none", skip="concatenated", hidden=17, passes=1),
    case(3, norm="batch", weighted=True), case(4, layers=3, norm="batch", skip="none", hidden=5),
    case(5, normalisesStates=True, hasGates=True, groups=2, addsToInitialLogit=True, weighted=True, focusing=2.0),
    case(6, sharesWeights=True, passes=3, layers=3, skip="concatenated", normalisesStates=True, groups=1, focusing=0.5),
    case(7, passes=0), case(8, hasGates=True, hidden=16, norm="batch", passes=1),
]
head = {"positiveWeight": POSITIVE_WEIGHT, "learningRate": LEARNING_RATE, "weightDecay": DECAY}
lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
Path(__file__).with_name("message-reference.json").write_text(f'{json.dumps(head)[:-1]}, "cases": [\n{lines}\n]}}\n')

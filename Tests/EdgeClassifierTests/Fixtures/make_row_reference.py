#!/usr/bin/env python3
"""Writes row-reference.json: two epochs of a perceptron over rows, by PyTorch's Adam and OneCycleLR in double precision.

    pip install torch numpy
    python make_row_reference.py
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

ROWS, SIZES, BATCH, EPOCHS, LEARNING_RATE, SEED = 300, [5, 20, 7, 1], 64, 2, 0.02, 77
MASK = (1 << 64) - 1


def split_mix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        yield z ^ z >> 31


def xoshiro(seed):
    mixer = split_mix(seed)
    s = [next(mixer) for _ in range(4)]
    rotate = lambda v, k: (v << k | v >> (64 - k)) & MASK
    while True:
        yield rotate(s[1] * 5 & MASK, 7) * 9 & MASK
        shifted = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)


def order(count, seed, epoch):
    """trackflow's order of the rows in an epoch."""
    numbers = xoshiro(next(split_mix(seed)) ^ epoch)

    def below(bound):
        while True:
            product = next(numbers) * bound
            if product & MASK >= (1 << 64) % bound:
                return product >> 64

    result = list(range(count))
    for last in range(count - 1, 0, -1):
        other = below(last + 1)
        result[last], result[other] = result[other], result[last]
    return result


def numbers(tensor, digits=9):
    return [float(f"{v:.{digits}g}") for v in tensor.detach().double().flatten().tolist()]


torch.manual_seed(SEED)
generator = np.random.default_rng(SEED)
shift = generator.normal(0, 3, SIZES[0])
features = torch.from_numpy((generator.normal(0, 1, (ROWS, SIZES[0])) * [0.1, 1, 2, 30, 5] + shift).astype(np.float32))
weight = torch.from_numpy(np.where(generator.random(ROWS) < 0.1, 0, generator.random(ROWS) + 0.5).astype(np.float32))
label = torch.from_numpy(generator.integers(0, 2, ROWS))
layers = []
for inputs, outputs in zip(SIZES, SIZES[1:]):
    layers += [nn.Linear(inputs, outputs), nn.ReLU()]
model = nn.Sequential(*layers[:-1])
state = lambda: {k: numbers(v) for k, v in model.state_dict().items()}
document = {"sizes": SIZES, "batch": BATCH, "epochs": EPOCHS, "learningRate": LEARNING_RATE, "seed": SEED,
            "features": numbers(features), "weight": numbers(weight), "label": label.tolist(), "initial": state()}

model = model.double()
x, w, y = features.double(), weight.double(), label.double()
mean, deviation = x.mean(0), x.std(0, correction=0)
x = (x - mean) / deviation
document |= {"mean": numbers(mean), "scale": numbers(1 / deviation)}
steps = EPOCHS * -(-ROWS // BATCH)
optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=LEARNING_RATE, total_steps=steps)
document |= {"orders": [], "rates": [], "decays": [], "losses": []}
for epoch in range(1, EPOCHS + 1):
    rows = order(ROWS, SEED, epoch)
    document["orders"].append(rows)
    total = 0
    for first in range(0, ROWS, BATCH):
        part = rows[first:first + BATCH]
        optimiser.zero_grad()
        logits = model(x[part]).squeeze(1)
        loss = (w[part] * nn.functional.binary_cross_entropy_with_logits(logits, y[part], reduction="none")).mean()
        loss.backward()
        if epoch == 1 and first == 0:
            document |= {"logits": numbers(logits), "loss": loss.item(),
                         "gradient": {k: numbers(p.grad) for k, p in model.named_parameters()}}
        total += loss.item() * len(part)
        document["rates"].append(optimiser.param_groups[0]["lr"])
        document["decays"].append(optimiser.param_groups[0]["betas"][0])
        optimiser.step()
        schedule.step() if len(document["rates"]) < steps else None
    document["losses"].append(total / ROWS)
logits = model(x).squeeze(1)
document |= {"final": state(), "evaluation": numbers(logits),
             "evaluationLoss": (w * nn.functional.binary_cross_entropy_with_logits(logits, y, reduction="none")).mean().item()}
lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in document.items())
Path(__file__).with_name("row-reference.json").write_text("{" + lines + "}\n")

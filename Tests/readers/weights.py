"""Loads exported weights into PyTorch and classifies exported graphs with them: weights.py FILE GRAPH..."""
import sys

import numpy
import safetensors.torch
import torch
from torch import nn

tensors = safetensors.torch.load_file(sys.argv[1])
hidden = tensors["edge_mlp.0.weight"].shape[0]
network = nn.ModuleDict({
    "edge_mlp": nn.Sequential(
        nn.Linear(15, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, 1)),
    "node_mlp": nn.Sequential(nn.Linear(6, hidden), nn.ReLU(), nn.Linear(hidden, 5)),
})
missing, unexpected = network.load_state_dict(tensors, strict=False)
assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
network.eval()
worst, edges = 0.0, 0
for path in sys.argv[2:]:
    graph = numpy.load(path)
    x, (start, end) = torch.from_numpy(graph["x"]), torch.from_numpy(graph["edge_index"])
    with torch.no_grad():
        rows = torch.cat([x[end], x[start], torch.from_numpy(graph["edge_attr"])], dim=1)
        chance = torch.sigmoid(network["edge_mlp"](rows))[:, 0].numpy()
    worst = max(worst, float(numpy.abs(chance - graph["edge_probability"]).max()))
    edges += len(chance)
print(f"{len(tensors)} tensors, {edges} edges, largest difference {worst:.3g}")
assert edges > 0 and worst < 1e-5, worst

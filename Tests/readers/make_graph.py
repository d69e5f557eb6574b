"""Makes a graph as another program would, of an exported one: make_graph.py IN.npz OUT.npz

With PyTorch Geometric: nodes shuffled, edges shuffled and both ways round, no attributes, features of
three columns, probabilities under another name.
"""
import sys

import numpy
import torch
from torch_geometric.data import Data
from torch_geometric.utils import to_undirected

source = numpy.load(sys.argv[1])
random = torch.Generator().manual_seed(1)
order = torch.randperm(len(source["x"]), generator=random)
place = torch.empty_like(order)
place[order] = torch.arange(len(order))
x = torch.from_numpy(source["x"])[order]
edges = place[torch.from_numpy(source["edge_index"])]
score = torch.from_numpy(source["edge_probability"])
label = torch.from_numpy(source["y"])
edges, (score, label) = to_undirected(edges, [score, label], reduce="max")
data = Data(
    x=torch.stack([x[:, 3], x[:, 4], x[:, 2]], dim=1), edge_index=edges, edge_scores=score, y=label.bool(),
    hit_id=torch.from_numpy(source["hit_id"])[order])
numpy.savez_compressed(sys.argv[2], **{name: value.numpy() for name, value in data.to_dict().items()})
print(f"{data.num_nodes} nodes, {data.num_edges} edges")

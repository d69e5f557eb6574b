"""Opens exported graphs with PyTorch Geometric: graphs.py FILE..."""
import sys

import numpy
import torch
from torch_geometric.data import Data

for path in sys.argv[1:]:
    # The line that docs/exchange.md gives.
    data = Data(**{name: torch.from_numpy(array) for name, array in numpy.load(path).items()})
    data.validate(raise_on_error=True)
    nodes, edges = data.num_nodes, data.num_edges
    assert data.x.dtype == torch.float32 and data.x.shape == (nodes, 5), data.x
    assert data.edge_index.dtype == torch.int64 and data.edge_index.shape == (2, edges)
    start, end = data.edge_index
    assert torch.equal(data.edge_attr, data.x[start] - data.x[end])
    assert torch.allclose(data.x[:, :2].norm(dim=1), data.x[:, 3], atol=1e-5)
    assert data.hit_id.dtype == torch.int64 and len(data.hit_id.unique()) == nodes
    assert (data.layer[start] < data.layer[end]).all()
    assert data.y.dtype == torch.int64 and set(data.y.tolist()) <= {0, 1}
    particle = data.particle_id
    same = (particle[start] == particle[end]) & (particle[start] != 0)
    assert torch.equal(same.long(), data.y), "y says which edges join hits of one particle"
    classified = "edge_probability" in data
    if classified:
        assert data.edge_probability.dtype == torch.float32
        assert ((data.edge_probability >= 0) & (data.edge_probability <= 1)).all()
    print(f"{path}: {nodes} nodes, {edges} edges, {int(data.y.sum())} true, classified {classified}")

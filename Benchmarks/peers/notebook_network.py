"""One training step of the notebook's network in PyTorch Geometric, beside trackflow."""

import torch
from torch import nn
from torch_geometric.nn import MessagePassing

from memory_kept import keep_memory
from rounds import Comparison, relative, timed


class NotebookNetwork(MessagePassing):
    """Classifies each edge from its nodes' features, and updates the nodes by the sum of the logits."""

    def __init__(self, hidden=128):
        super().__init__(aggr="add")
        self.edge_mlp = nn.Sequential(
            nn.Linear(15, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, 1)
        )
        self.node_mlp = nn.Sequential(nn.Linear(6, hidden), nn.ReLU(), nn.Linear(hidden, 5))

    def forward(self, x, edge_index):
        self.propagate(edge_index, x=x)
        return self.logits.squeeze(-1)

    def message(self, x_i, x_j):  # of the edge's end and of its start
        self.logits = self.edge_mlp(torch.cat([x_i, x_j, x_j - x_i], 1))
        return self.logits

    def update(self, summed, x):
        return self.node_mlp(torch.cat([x, summed], 1))


class Step(Comparison):
    """Both sides train from the same weights, so that their losses stay together from step to step."""

    theirs_name, target = "PyTorch Geometric, 1 thread", 70

    def __init__(self, program):
        self.program = program
        self.features = torch.from_numpy(program.array("graph-node_features"))
        ends = [torch.from_numpy(program.array(f"graph-{side}")).long() for side in ("start", "end")]
        self.edges = torch.stack(ends)
        self.label = torch.from_numpy(program.array("graph-label")).float()
        self.name = f"notebook network, step on {len(self.label)} edges"
        self.ours_name = "trackflow, 1 thread"
        self.network = NotebookNetwork()
        weights = {k: torch.from_numpy(v) for k, v in program.arrays("notebook").items()}
        missing = self.network.load_state_dict(weights, strict=False)
        if missing.unexpected_keys or any("num_batches" not in key for key in missing.missing_keys):
            raise SystemExit(f"other weights than the network's: {missing}")
        positive = self.label.sum()
        self.criterion = nn.BCEWithLogitsLoss(pos_weight=(len(self.label) - positive) / positive)
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=1e-3)

    def ours(self, repetitions):
        return self.program.run("step", repetitions)

    def theirs(self, repetitions):
        torch.set_num_threads(1)
        return timed(self.step, repetitions)

    def step(self):
        self.network.train()
        self.optimiser.zero_grad()
        loss = self.criterion(self.network(self.features, self.edges), self.label)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), max_norm=1.0)
        self.optimiser.step()
        return loss.item()

    def check(self, ours, theirs):
        return relative(1e-4, ours, theirs)


class StepWithKeptMemory(Step):
    """The same, where the peer keeps freed memory; what the least ratio above is of is the peer as it comes."""

    theirs_name, target = "PyTorch Geometric, memory kept, 1 thread", None

    def __init__(self, program):
        super().__init__(program)
        program.start_anew("step")
        keep_memory()


class Threads(Comparison):
    """The same step here with one thread and with two: the same bits, in less time."""

    name = "notebook network, step with two threads"
    theirs_name, ours_name, target, repetitions = "trackflow, 1 thread", "trackflow, 2 threads", 1.8, 7

    def __init__(self, program):
        self.program = program

    def ours(self, repetitions):
        return self.program.run("threads-2", repetitions)

    def theirs(self, repetitions):
        return self.program.run("threads-1", repetitions)

    def check(self, ours, theirs):
        return None if ours == theirs else f"a loss of {ours!r} with two threads, {theirs!r} with one"

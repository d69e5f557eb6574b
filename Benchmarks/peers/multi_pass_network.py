"""One training step of a network of four passes in plain PyTorch, beside trackflow."""

import torch
from memory_kept import keep_memory
from torch import nn

from rounds import Comparison, relative, timed


def perceptron(inputs, hidden, outputs):
    return nn.Sequential(
        nn.Linear(inputs, hidden), nn.LayerNorm(hidden), nn.ReLU(), nn.Linear(hidden, outputs)
    )


class Pass(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.edge_mlp = perceptron(3 * hidden, hidden, hidden)
        self.node_mlp = perceptron(3 * hidden, hidden, hidden)


class MultiPassNetwork(nn.Module):
    """Encodes nodes and edges, lets them update each other, each pass with weights of its own, and classifies."""

    def __init__(self, hidden=64, passes=4, node_features=5, edge_features=6):
        super().__init__()
        for name, count in (("node", node_features), ("edge", edge_features)):
            self.register_buffer(f"{name}_mean", torch.zeros(count))
            self.register_buffer(f"{name}_scale", torch.ones(count))
        self.node_encoder = perceptron(node_features, hidden, hidden)
        self.edge_encoder = perceptron(edge_features, hidden, hidden)
        self.passes = nn.ModuleList(Pass(hidden) for _ in range(passes))
        self.output = perceptron(3 * hidden, hidden, 1)

    def forward(self, nodes, edges, start, end):
        h = self.node_encoder((nodes - self.node_mean) * self.node_scale)
        e = self.edge_encoder((edges - self.edge_mean) * self.edge_scale)
        for layer in self.passes:
            e = e + self.of_edges(layer.edge_mlp, h, e, start, end)
            incoming = torch.zeros_like(h).index_add(0, end, e)
            outgoing = torch.zeros_like(h).index_add(0, start, e)
            h = h + layer.node_mlp(torch.cat([h, incoming, outgoing], 1))
        return self.of_edges(self.output, h, e, start, end).squeeze(-1)

    def of_edges(self, mlp, h, e, start, end):
        # index_select, since its gradient is found faster than that of h[end].
        return mlp(torch.cat([h.index_select(0, end), h.index_select(0, start), e], 1))


class NodesFirst(MultiPassNetwork):
    """The same sums in another order: what depends on one node is computed once a node, as trackflow does it."""

    def of_edges(self, mlp, h, e, start, end):
        linear, width = mlp[0], h.shape[1]
        of_end, of_start, of_edge = linear.weight.split(width, 1)
        inner = nn.functional.linear(e, of_edge, linear.bias)
        inner = inner + (h @ of_end.T).index_select(0, end)
        inner = inner + (h @ of_start.T).index_select(0, start)
        return mlp[1:](inner)


class MessageStep(Comparison):
    """Both sides train from the same weights, so that their losses stay together from step to step."""

    target, repetitions = 5, 1
    network, words = MultiPassNetwork, "PyTorch"
    # The peer is faster with it. Nothing undoes it, so that these rows come after those of other kinds.
    keeps_memory = True

    def __init__(self, program, threads):
        self.program, self.threads = program, threads
        ends = [torch.from_numpy(program.array(f"graph-{side}")).long() for side in ("start", "end")]
        features = [torch.from_numpy(program.array(f"graph-message_{of}")) for of in ("nodes", "edges")]
        self.inputs = (*features, *ends)
        self.label = torch.from_numpy(program.array("graph-label")).float()
        self.name = f"4 passes, hidden 64, step on {len(self.label)} edges"
        plural = "thread" if threads == 1 else "threads"
        self.theirs_name = f"{self.words}, {threads} {plural}"
        self.ours_name = f"trackflow, {threads} {plural}"
        self.model = self.network()
        weights = {k: torch.from_numpy(v) for k, v in program.arrays("messages").items()}
        self.model.load_state_dict(weights)
        positive = self.label.sum()
        self.criterion = nn.BCEWithLogitsLoss(pos_weight=(len(self.label) - positive) / positive)
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=1e-3)
        program.start_anew(f"messages-{threads}")
        if self.keeps_memory:
            keep_memory()

    def ours(self, repetitions):
        return self.program.run(f"messages-{self.threads}", repetitions)

    def theirs(self, repetitions):
        torch.set_num_threads(self.threads)
        return timed(self.step, repetitions)

    def step(self):
        self.optimiser.zero_grad()
        loss = self.criterion(self.model(*self.inputs), self.label)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), max_norm=1.0)
        self.optimiser.step()
        return loss.item()

    def check(self, ours, theirs):
        return relative(1e-4, ours, theirs)

    def note(self, row):
        _, (operations,) = self.program.run("messages-operations", 1)
        ours, theirs = (
            1e-9 * operations / self.threads / (row[cost] / self.units) for cost in ("cost", "peerCost")
        )
        return f"{ours:.1f} GFLOP/s a core here (aimed for: above 50), {theirs:.1f} there"


class StepAsItComes(MessageStep):
    """With the memory as the C library manages it."""

    words, target, rounds, keeps_memory = "PyTorch as it comes", None, 5, False


class NodesFirstStep(MessageStep):
    network, words, target, rounds = NodesFirst, "PyTorch, nodes first", None, 5

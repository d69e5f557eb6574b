"""Runs an exported network with ONNX Runtime on exported graphs: edge_classifier.py MODEL GRAPH..."""
import sys

import numpy
import onnx
import onnxruntime

model_path, graphs = sys.argv[1], sys.argv[2:]
model = onnx.load(model_path)
onnx.checker.check_model(model, full_check=True)
assert [(o.domain, o.version) for o in model.opset_import] == [("", 17)]

# What ACTS' OnnxEdgeClassifier asks of a model, and hands to it in this order.
session = onnxruntime.InferenceSession(model_path, providers=["CPUExecutionProvider"])
inputs, outputs = session.get_inputs(), session.get_outputs()
assert [(i.name, i.type) for i in inputs] == [("x", "tensor(float)"), ("edge_index", "tensor(int64)")]
assert [i.shape for i in inputs] == [["nodes", 5], [2, "edges"]], [i.shape for i in inputs]
assert [(o.type, o.shape) for o in outputs] == [("tensor(float)", ["edges", 1])]

single = onnxruntime.SessionOptions()
single.intra_op_num_threads = 1
sessions = [session, onnxruntime.InferenceSession(model_path, single, providers=["CPUExecutionProvider"])]
worst, edges = 0.0, 0
for path in graphs:
    graph = numpy.load(path)
    feed = {"x": graph["x"], "edge_index": graph["edge_index"]}
    for one in sessions:
        logit = one.run(None, feed)[0]
        assert logit.shape == (graph["edge_index"].shape[1], 1) and logit.dtype == numpy.float32
        chance = 1 / (1 + numpy.exp(-logit[:, 0].astype(numpy.float64)))
        worst = max(worst, float(numpy.abs(chance - graph["edge_probability"]).max()))
        edges += len(chance)
properties = {p.key: p.value for p in model.metadata_props}
print(f"{properties['architecture']}: {edges} edges, largest difference {worst:.3g}")
assert edges > 0 and worst < 1e-5, worst

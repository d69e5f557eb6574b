"""Reads exported edges as ACTS does: acts_graph.py FOLDER GRAPH.npz...

With pandas always; where pyacts is there, also with ACTS' own CsvGnnGraphReader, whose graph
CsvGnnGraphWriter writes again.
"""
import importlib.util
import os
import sys
import tempfile

import numpy
import pandas

folder, graphs = sys.argv[1], sys.argv[2:]
tables = {}
for path in graphs:
    event = int(os.path.basename(path)[5:14])
    table = pandas.read_csv(f"{folder}/event{event:09d}-graph.csv")
    assert list(table.columns) == ["edge0", "edge1", "weight"]
    assert table.edge0.dtype == "int64" and table.edge1.dtype == "int64"
    graph = numpy.load(path)
    start, end = graph["hit_id"][graph["edge_index"]]
    assert (table.edge0 == start).all() and (table.edge1 == end).all()
    weight = graph["edge_probability"] if "edge_probability" in graph else numpy.ones(len(table), "f4")
    assert (table.weight.to_numpy().astype("f4") == weight).all()
    tables[event] = table
print(f"pandas: {sum(map(len, tables.values()))} edges of {len(tables)} events")

if importlib.util.find_spec("acts"):
    import acts
    import acts.examples

    with tempfile.TemporaryDirectory() as out:
        sequencer = acts.examples.Sequencer(
            events=len(tables), numThreads=1, logLevel=acts.logging.WARNING)
        sequencer.addReader(acts.examples.CsvGnnGraphReader(
            level=acts.logging.WARNING, inputDir=folder, inputStem="graph", outputGraph="graph"))
        sequencer.addWriter(acts.examples.CsvGnnGraphWriter(
            level=acts.logging.WARNING, inputGraph="graph", outputDir=out, outputStem="again"))
        sequencer.run()
        for event, table in tables.items():
            again = pandas.read_csv(f"{out}/event{event:09d}-again.csv")
            assert (again.edge0 == table.edge0).all() and (again.edge1 == table.edge1).all()
            assert numpy.allclose(again.weight, table.weight, rtol=1e-5, atol=1e-30)
    print(f"ACTS: {len(tables)} events read and written again")

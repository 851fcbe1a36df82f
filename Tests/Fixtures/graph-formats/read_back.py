"""Opens what `whence convert graph` writes in the real libraries and compares edge for edge.

    pip install causal-learn==0.1.4.8 networkx==3.6.1 pydot==4.0.1 pandas
    apt install graphviz
    python read_back.py .build/debug/whence
"""

import io
import json
import pathlib
import subprocess
import sys
import tempfile

import networkx as nx
import pandas
import pydot
from causallearn.graph.Endpoint import Endpoint
from causallearn.utils.TXT2GeneralGraph import txt2generalgraph

whence = sys.argv[1]
names = ["A", "b c", 'say "x", (y)', "é;映", "X1", "&amp;", "back\\slash", "[S]", "X9", "1."]
links = ["---", "-->", "<--", "o->", "<-o", "o-o", "<->", "o--", "--o"]
words = {"-": "tail", "o": "circle", "<": "arrow", ">": "arrow"}
shapes = {"none": "tail", "normal": "arrow", "odot": "circle"}
pcalg_marks = {1: "circle", 2: "arrow", 3: "tail"}
causal_learn_marks = {Endpoint.TAIL.value: "tail", Endpoint.ARROW.value: "arrow", Endpoint.CIRCLE.value: "circle"}


def key(a, b, mark_a, mark_b):
    return (a, b, mark_a, mark_b) if a < b else (b, a, mark_b, mark_a)


edges = []
for index in range(len(names)):
    for step in (1, 3):
        link = links[(index * 2 + step) % len(links)]
        a, b = names[index], names[(index + step) % len(names)]
        edges.append({"a": a, "b": b, "markAtA": words[link[0]], "markAtB": words[link[2]], "pValue": index / 1000})
expected = {key(e["a"], e["b"], e["markAtA"], e["markAtB"]) for e in edges}
assert len({(k[2], k[3]) for k in expected}) >= 8, "too few kinds of edge"
source = json.dumps({"schema": "whence.graph/1", "alpha": 0.01, "nodes": names, "edges": edges})


def convert(to):
    return subprocess.run(
        [whence, "convert", "graph", "-", "--to", to], input=source.encode(), capture_output=True, check=True
    ).stdout.decode()


def check(reader, found):
    assert set(found) == expected, (reader, set(found) ^ expected)
    print(f"{reader}: {len(found)} edges the same")


def tetrad():
    text = convert("tetrad")
    labels = dict(line.split(" = ", 1) for line in text.split("\n\n")[0].splitlines()[1:])
    labels = {k: json.loads(v) if v.startswith('"') else v for k, v in labels.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(text)
        file.flush()
        graph = txt2generalgraph(file.name)
    marks = {"TAIL": "tail", "ARROW": "arrow", "CIRCLE": "circle"}
    return [
        key(labels[e.node1.get_name()], labels[e.node2.get_name()], marks[str(e.endpoint1)], marks[str(e.endpoint2)])
        for e in graph.get_graph_edges()
    ]


def causal_learn():
    table = pandas.read_csv(io.StringIO(convert("causal-learn")))
    matrix = table.to_numpy()
    assert list(table.columns) == names
    # GeneralGraph.graph[i, j] is the mark at i.
    return [
        key(names[i], names[j], causal_learn_marks[matrix[i, j]], causal_learn_marks[matrix[j, i]])
        for i in range(len(names)) for j in range(i) if matrix[i, j]
    ]


def pcalg():
    table = pandas.read_csv(io.StringIO(convert("pcalg")), index_col=0)
    matrix = table.to_numpy()
    assert list(table.columns) == names == list(table.index)
    return [
        key(names[i], names[j], pcalg_marks[matrix[j, i]], pcalg_marks[matrix[i, j]])
        for i in range(len(names)) for j in range(i) if matrix[i, j]
    ]


def networkx_edges(graph, name):
    return [key(name(a), name(b), d["mark_source"], d["mark_target"]) for a, b, d in graph.edges(data=True)]


def graphml():
    graph = nx.parse_graphml(convert("graphml"))
    return networkx_edges(graph, lambda node: graph.nodes[node]["label"])


def node_link():
    graph = nx.node_link_graph(json.loads(convert("node-link")))
    assert graph.is_directed() and not graph.is_multigraph()
    return networkx_edges(graph, lambda node: node)


def graphviz():
    """Graphviz draws the file, and tells what it drew."""
    text = convert("dot")
    drawn = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True, check=True)
    assert b"<svg" in drawn.stdout and not drawn.stderr, drawn.stderr
    layout = json.loads(subprocess.run(["dot", "-Tjson"], input=text.encode(), capture_output=True, check=True).stdout)
    objects = layout["objects"]
    label = lambda o: o["name"] if o["label"] == "\\N" else pydot_text(o["label"])
    return [
        key(label(objects[e["tail"]]), label(objects[e["head"]]), shapes[e["arrowtail"]], shapes[e["arrowhead"]])
        for e in layout["edges"] if not objects[e["tail"]]["name"].startswith("legend")
    ]


def pydot_text(label):
    return label.replace("\\\\", "\\").replace("&amp;", "&")


def read_by_pydot():
    (graph,) = pydot.graph_from_dot_data(convert("dot"))
    labels = {n.get_name(): pydot_text(n.get("label").strip('"').replace('\\"', '"')) for n in graph.get_nodes() if n.get("label")}
    return [
        key(labels[e.get_source()], labels[e.get_destination()], shapes[e.get("arrowtail")], shapes[e.get("arrowhead")])
        for e in graph.get_edges()
    ]


check("causal-learn, txt2generalgraph", tetrad())
check("causal-learn's matrix through pandas", causal_learn())
check("pcalg's matrix through pandas", pcalg())
check("NetworkX, parse_graphml", graphml())
check("NetworkX, node_link_graph", node_link())
check("Graphviz", graphviz())
check("pydot", read_by_pydot())

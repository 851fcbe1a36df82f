"""Graphs as the real libraries write them, which our readers have to read.

    pip install causal-learn==0.1.4.8 networkx==3.6.1 pydot==4.0.1 numpy
    apt install graphviz
    python make.py

`expected.txt` beside the files is the graph that all of them hold, an edge a line.
"""

import json
import pathlib
import subprocess

import networkx as nx
import numpy as np
import pydot
from causallearn.graph.Edge import Edge
from causallearn.graph.Endpoint import Endpoint
from causallearn.graph.GeneralGraph import GeneralGraph
from causallearn.graph.GraphNode import GraphNode
from causallearn.utils.GraphUtils import GraphUtils

here = pathlib.Path(__file__).parent
names = ["X1", "X2", "X3", "X4", "X5", "X6"]
marks = {"-": Endpoint.TAIL, "o": Endpoint.CIRCLE, "<": Endpoint.ARROW, ">": Endpoint.ARROW}
# A cause, a possible cause, a hidden common cause, an unknown edge, an undirected one, a possible selection edge.
edges = ["X1 --> X2", "X3 o-> X2", "X2 <-> X4", "X3 o-o X5", "X4 --- X6", "X5 --o X6"]


def causal_learn():
    nodes = {name: GraphNode(name) for name in names}
    graph = GeneralGraph(list(nodes.values()))
    for edge in edges:
        a, link, b = edge.split()
        graph.add_edge(Edge(nodes[a], nodes[b], marks[link[0]], marks[link[2]]))
    return graph


def attributed():
    """As users of NetworkX keep marks: attributes of a directed graph."""
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    words = {"-": "tail", "o": "circle", "<": "arrow", ">": "arrow"}
    for edge in edges:
        a, link, b = edge.split()
        graph.add_edge(a, b, mark_source=words[link[0]], mark_target=words[link[2]])
    return graph


graph = causal_learn()
(here / "expected.txt").write_text("".join(edge + "\n" for edge in edges))
(here / "causal-learn.txt").write_text(str(graph))
(here / "causal-learn.dot").write_text(GraphUtils.to_pydot(graph).to_string())
canonical = subprocess.run(["dot", "-Tcanon", here / "causal-learn.dot"], capture_output=True, check=True)
(here / "graphviz.dot").write_bytes(canonical.stdout)
np.savetxt(here / "causal-learn.csv", graph.graph, delimiter=",", header=",".join(names), comments="", fmt="%d")
# Without names: what numpy writes unless told otherwise, and what print shows.
np.savetxt(here / "causal-learn.savetxt", graph.graph)
(here / "causal-learn.printed").write_text(f"{graph.graph.astype(int)}\n")

marked = attributed()
nx.write_graphml(marked, here / "networkx.graphml")
(here / "networkx.json").write_text(json.dumps(nx.node_link_data(marked), indent=1))
(here / "networkx-links.json").write_text(json.dumps(nx.node_link_data(marked, edges="links")))
# What came through DOT keeps Graphviz's attributes instead of ours.
parsed = pydot.graph_from_dot_data(GraphUtils.to_pydot(graph).to_string())[0]
drawn = nx.DiGraph(nx.nx_pydot.from_pydot(parsed))
drawn.graph.clear()
for _, _, attributes in drawn.edges(data=True):
    assert {"dir", "arrowhead", "arrowtail"} <= attributes.keys()
nx.write_graphml(drawn, here / "networkx-drawn.graphml")

# Graphs without marks.
plain = nx.DiGraph([("A", "B"), ("B", "C")])
nx.write_graphml(plain, here / "networkx-directed.graphml")
(here / "networkx-undirected.json").write_text(json.dumps(nx.node_link_data(plain.to_undirected())))

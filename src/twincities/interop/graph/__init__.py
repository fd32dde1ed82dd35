"""
Data sets as graphs of networkx, GraphML and GEXF, and the usual measures of a graph.
"""

from __future__ import annotations

from .measuring import Measures, measures
from .reading import from_networkx
from .writing import to_networkx, write_gexf, write_graphml

__all__ = ["Measures", "from_networkx", "measures", "to_networkx", "write_gexf", "write_graphml"]

"""
Charts: a map, a timeline, a matrix of areas and a graph, as altair charts that work offline.

    ds.partners("Kuopio").chart.map()
    twincities.charts.save(chart, "kuopio.html")
"""

from .accessor import Charts as Charts
from .offline import offline as offline
from .offline import save as save

__all__ = ["Charts", "offline", "save"]

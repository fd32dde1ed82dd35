"""
Charts: a map, a timeline, a matrix of areas and a graph, as altair charts that need no network.

    ds.partners("Kuopio").chart.map()
    twincities.charts.save(chart, "kuopio.html")
"""

from .accessor import Charts as Charts
from .saving import save as save
from .shown import offline as offline

__all__ = ["Charts", "offline", "save"]

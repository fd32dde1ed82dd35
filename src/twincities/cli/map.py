"""
Draw a map of a city's partners: .svg, .png, .pdf, .html or .json (Vega-Lite), by the file's ending.

Needs altair and vl-convert-python: pip install 'twincities[charts]'.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..charts import save
from .arguments import add_city, add_data, add_lang, add_out
from .data import data_about
from .streams import through_file

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities map Kuopio --out kuopio.svg",)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_city(parser)
    add_out(parser, "svg")
    add_data(parser)
    add_lang(parser)


def run(given: Namespace) -> int:
    """
    Draw the map.
    """
    dataset = data_about(given.data, given.city)
    city = dataset.city(given.city)
    chart = dataset.partners(city).chart.map(centre=city, lang=given.lang, title=city.label(given.lang))
    through_file(given.out, given.to, ".svg", lambda path: save(chart, path))
    return 0

"""
Draw a map of a city's partners: .svg, .png, .pdf, .html or .json (Vega-Lite), by the file's ending.

Needs altair and vl-convert-python: pip install 'twincities[charts]'.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..charts import save
from ..charts.panels import LAYOUTS
from .arguments import add_city, add_data, add_lang, add_out
from .data import data_about
from .output import say
from .streams import through_file

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = (
    "twincities map Kuopio --out kuopio.svg",
    "twincities map Kuopio --width 1280 --height 720 --out slide.png",
)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    add_city(parser)
    add_out(parser, "svg")
    add_data(parser)
    add_lang(parser)
    parser.add_argument("--width", type=int, default=800, metavar="PIXELS", help="how wide the whole is (%(default)s)")
    parser.add_argument("--height", type=int, default=480, metavar="PIXELS", help="how high the whole is (%(default)s)")
    parser.add_argument("--title", metavar="TEXT", help="the title, none if empty (the city's name)")
    parser.add_argument("--centre", metavar="CITY", help="the city from which lines are straight (the city itself)")
    parser.add_argument(
        "--layout", choices=LAYOUTS, help="one picture, or a closer one at its side or below (what names most)"
    )


def run(given: Namespace) -> int:
    """
    Draw the map.
    """
    dataset = data_about(given.data, given.city)
    city = dataset.city(given.city)
    partners = dataset.partners(city)
    if not any(place.coordinates for place in (city, *(tie.partner for tie in partners))):
        say(
            "none of the cities has coordinates, so the map is empty: import the list with --places geonames to have them"
        )
    chart = partners.chart.map(
        centre=given.centre or (city if partners and city.coordinates else None),
        layout=given.layout,
        lang=given.lang,
        title=city.label(given.lang) if given.title is None else given.title,
        width=given.width,
        height=given.height,
    )
    through_file(given.out, given.to, ".svg", lambda path: save(chart, path))
    return 0

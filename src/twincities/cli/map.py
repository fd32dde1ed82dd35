"""
Draw a map of a city's partners as .svg, .png, .pdf, .html or .json (Vega-Lite), by the file's ending.

Needs altair and vl-convert-python: pip install 'twincities[charts]'.
"""

from __future__ import annotations

from argparse import Namespace

from ..charts import save
from ..charts.panels import LAYOUTS
from .arguments import A_CITY, DATA, argument, out, to
from .data import data_about
from .output import say
from .streams import through_file

ARGUMENTS = (
    A_CITY,
    out(),
    to("svg"),
    DATA,
    argument(
        "--width", type=int, default=800, metavar="PIXELS", help="width of the whole picture (default: %(default)s)"
    ),
    argument(
        "--height", type=int, default=480, metavar="PIXELS", help="height of the whole picture (default: %(default)s)"
    ),
    argument("--title", metavar="TEXT", help="title, empty for none (default: the city's name)"),
    argument("--centre", metavar="CITY", help="the city from which lines are straight (default: the city itself)"),
    argument(
        "--layout", choices=LAYOUTS, help="one map, or a detail beside or below it (default: what fits most names)"
    ),
)
EXAMPLES = (
    "twincities map Kuopio --out kuopio.svg",
    "twincities map Kuopio --width 1280 --out slide.png",
)


def run(given: Namespace) -> None:
    dataset = data_about(given.data, given.city)
    city = dataset.city(given.city)
    partners = dataset.partners(city)
    if not any(place.coordinates for place in (city, *(tie.partner for tie in partners))):
        say("the map is empty, since no city has coordinates: import --places geonames adds them")
    chart = partners.chart.map(
        centre=given.centre or (city if partners and city.coordinates else None),
        layout=given.layout,
        lang=given.lang,
        title=city.label(given.lang) if given.title is None else given.title,
        width=given.width,
        height=given.height,
    )
    through_file(given.out, given.to, ".svg", lambda path: save(chart, path))

"""
The layers of charts: lines, points and names at pixels, and their tooltips.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Any

import attrs

from ..display.values import country_in, people_in, stated_in
from ..display.words import status_in, word
from ..errors import QueryError
from ..model.arguments import as_text, as_whole_number
from ..model.city import City
from ..query.ties import Tie, cities_of
from .labels import FONT_SIZE, Label, Marked
from .offline import altair, offline, vl_convert
from .projection import Pixel
from .style import INK, PAPER, QUIET, Heading, Legend, cut, listed, spoken

_LEAST = {"width": 300, "height": 200}  # pixels
TOUCH = 9  # pixels: how near to a thin line a pointer has to be
_MANY_POINTS = 60  # more points than this are smaller
_MANY = 150  # more lines than this are thinner
_MOST_TIES = 3_000
_AREAS = 6  # more areas than this would make a tooltip cover the picture
_PIXELS = {"type": "quantitative", "scale": None, "axis": None}
_WHERE = {"x": {"field": "x", **_PIXELS}, "y": {"field": "y", **_PIXELS}}
WHERE_TO = {**_WHERE, "x2": {"field": "x2"}, "y2": {"field": "y2"}}


def few_enough(what: str, count: int, most: int) -> None:
    """
    Check that a chart has no more than can be drawn and read.

    Raises:
        QueryError: There are more than *most*.
    """
    if count > most:
        narrower = "narrow the selection first, such as with where(country=...) or partners(...)"
        raise QueryError(f"expected at most {most:,} {what} in one chart, got {count:,}; {narrower}")


def all_cities(ties: Sequence[Tie], cities: Iterable[City], most: int) -> dict[str, City]:
    """
    The cities of *ties*, and the further *cities*, by id.

    Raises:
        QueryError: There are more than 3,000 ties, or more than *most* cities.
    """
    every = cities_of(ties) | {city.id: city for city in cities}
    few_enough("partnerships", len(ties), _MOST_TIES)
    few_enough("cities", len(every), most)
    return every


def check(title: str | None, **pixels: int) -> None:
    """
    Check the title that is given, and that a picture has room for names beside and above its points.

    Raises:
        QueryError: *title* isn't text, or *width* or *height* is too small or isn't a whole number.
    """
    if title is not None:
        as_text(title, "title=")
    for name, size in pixels.items():
        as_whole_number(size, f"{name}=", _LEAST[name])


def layer_of(values: Iterable[Mapping[str, Any]], mark: Mapping[str, Any], **encoding: Any) -> Any:
    """
    An altair chart of one mark, from plain Vega-Lite: altair validates it once, when it is shown. `None` without values, as
    a scale without values has no size.
    """
    alt = altair()
    found = tuple(values)  # a tuple: altair copies lists again and again
    return alt.Chart({"values": found}, mark=dict(mark), encoding=alt.FacetedEncoding(**encoding)) if found else None


def layered(*layers: Any, **properties: Any) -> Any:
    """
    The *layers* that aren't `None`, the first at the back.
    """
    return altair().layer(*(layer for layer in layers if layer is not None), **properties)


def nothing(lang: str) -> Any:
    """
    A line of text instead of an empty chart.
    """
    return empty(lang).properties(width=300, height=60)


def empty(lang: str) -> Any:
    """
    A line of text in the middle of an empty picture.
    """
    text = {"type": "text", "color": INK, "fontSize": FONT_SIZE}
    return layer_of([{"text": word("nothing", lang)}], text, text=nominal("text"))


def finished(chart: Any, kind: str, heading: Heading, description: str, lang: str) -> Any:
    """
    A chart with its heading, a description for screen readers, and the style of this package. `charts.save` takes the
    language of a page, and its title if the chart has none, from `usermeta`.
    """
    vl_convert()  # fail now rather than with an empty cell
    above = heading.properties()
    about: dict[str, Any] = {"lang": spoken(lang), "kind": word(kind, lang)}
    if heading.title:
        about |= {"title": heading.whole, "heading": above["title"]["text"]}
    return offline(chart.properties(**above, description=description, usermeta={"twincities": about}))


def _at(pixel: Pixel) -> dict[str, float]:
    """
    The encoded position of a mark.
    """
    return {"x": round(pixel.x, 1), "y": round(pixel.y, 1)}


def nominal(field: str, **options: Any) -> dict[str, Any]:
    """
    The encoding of a field of names.
    """
    return {"field": field, "type": "nominal", **options}


def ends(start: Pixel, end: Pixel) -> dict[str, float]:
    """
    The encoded ends of a line.
    """
    return {**_at(start), "x2": round(end.x, 1), "y2": round(end.y, 1)}


def tooltip(facts: Iterable[str], lang: str, path: str = "") -> list[dict[str, Any]]:
    """
    The lines of a tooltip in Vega-Lite; each field has the key of its label as its name.
    """
    return [nominal(path + name, title=word(name, lang)) for name in facts]


def tie_facts(tie: Tie, lang: str) -> dict[str, str]:
    """
    The facts in the tooltip of a tie.
    """
    unknown = word("not said", lang)  # browsers would show a missing field as "undefined"
    facts = {
        "tie": cut(f"{tie.city.label(lang)} – {tie.partner.label(lang)}", 80),
        "status": status_in(tie.status, lang),
        "since": stated_in(tie.partnership, "since", spoken(lang)) or unknown,
        "areas": listed([cut(area.label(lang), 40) for area in tie.areas], _AREAS) or unknown,
    }
    return {**facts, "read": f"{facts['tie']}: {facts['status']}, {word('since', lang)} {facts['since']}"}


def city_facts(city: City, lang: str) -> dict[str, str]:
    """
    The facts in the tooltip of a city.
    """
    unknown = word("not said", lang)
    people = city.populations[0] if city.populations else None
    facts = {
        "city": cut(city.label(lang), 80),
        "country": country_in(city.country_code, spoken(lang)) if city.country_code else unknown,
        "population": people_in(attrs.evolve(people, as_of=None), spoken(lang)) if people else unknown,
    }
    return {**facts, "read": ", ".join(fact for fact in facts.values() if fact != unknown)}


def line_layers(
    values: Sequence[Mapping[str, Any]], line: Mapping[str, Any], legend: Legend, lang: str, **where: Any
) -> list[Any]:
    """
    Lines coloured and dashed by status, and invisible wider ones for their tooltips. The values have the fields of
    `tie_facts`; those of features are among their properties.
    """
    path = "properties." if line["type"] == "geoshape" else ""
    facts = tooltip(("tie", "status", "since", "areas"), lang, path)
    name = nominal(path + "read")
    unseen = {**line, "strokeWidth": TOUCH, "stroke": "transparent", "aria": False}
    look = {"strokeWidth": 1.6} if len(values) <= _MANY else {"strokeWidth": 1, "strokeOpacity": 0.5}
    return [
        layer_of(values, {**line, **look}, **where, **legend.encodings(path + "status"), description=name),
        layer_of(values, unseen, **where, tooltip=facts),
    ]


def radii(amounts: Sequence[float], smallest: float, largest: float) -> list[float]:
    """
    The radius of a point for each amount: it grows with the square root, and is down to half if there are many points.
    """
    most = max(amounts, default=0) or 1
    scale = max(0.5, min(1.0, sqrt(_MANY_POINTS / max(len(amounts), 1))))
    return [scale * (smallest + (largest - smallest) * sqrt(amount / most)) for amount in amounts]


def points(cities: Sequence[City], marked: Sequence[Marked], lang: str) -> Any:
    """
    The points of cities.
    """
    values = [
        {**_at(point.pixel), "size": round(4 * point.radius**2, 1), **city_facts(city, lang)}
        for city, point in zip(cities, marked, strict=True)
    ]
    return layer_of(
        values,
        {"type": "circle", "color": INK, "opacity": 1, "stroke": PAPER, "strokeWidth": 1},
        **_WHERE,
        size={"field": "size", "type": "quantitative", "scale": None},
        tooltip=tooltip(("city", "country", "population"), lang),
        description=nominal("read"),
    )


def names(placed: Iterable[tuple[Marked, Label]]) -> list[Any]:
    """
    The names of points with a light edge, and leader lines to distant ones. Screen readers read the points instead.
    """
    placed = list(placed)
    leaders = [ends(point.pixel, label.box.nearest(point.pixel)) for point, label in placed if label.is_far]
    layers = [layer_of(leaders, {"type": "rule", "stroke": QUIET, "strokeWidth": 0.7, "aria": False}, **WHERE_TO)]
    for align in ("left", "center", "right"):
        values = [{**_at(label.pixel), "name": point.name} for point, label in placed if label.align == align]
        text = {"type": "text", "fontSize": FONT_SIZE, "baseline": "middle", "align": align, "aria": False}
        light = {
            **text,
            "stroke": PAPER,
            "strokeWidth": 3,
            "strokeJoin": "round",
            "strokeOpacity": 0.85,
            "color": PAPER,
        }
        name: Mapping[str, Any] = {**_WHERE, "text": nominal("name")}
        layers += [layer_of(values, light, **name), layer_of(values, {**text, "color": INK}, **name)]
    return layers


def year(day: date) -> float:
    """
    A day as a decimal year, which no time zone can move.

    >>> from datetime import date
    >>> year(date(1980, 7, 2))
    1980.5
    """
    first = date(day.year, 1, 1).toordinal()
    days = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return round(day.year + (day.toordinal() - first) / days, 3)

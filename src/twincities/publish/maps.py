"""
The map of a page, as SVG inside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .._progress import working
from ..charts.accessor import Charts
from ..charts.offline import vl_convert
from ..display.words import word
from ..model.city import City
from ..query.ties import Tie
from .markup import Page, attribute, text

# Pixels: on a phone or in a narrow column one map stands below the other, on a wide screen and on paper beside it.
_NARROW, _WIDE = 340, 800
_HEIGHTS = {5: (380, 420), 20: (640, 420)}  # of both, by the number of partners that they have room for
_HIGHEST = (880, 560)


def map_figure(page: Page, city: City, ties: Sequence[Tie]) -> str:
    """
    The map of a city's partners in two sizes, of which the page shows the one that fits; empty if none has coordinates.

    Raises:
        MissingDependencyError: altair or vl-convert-python isn't installed.
    """
    placed = [tie for tie in ties if tie.partner.coordinates is not None]
    if city.coordinates is None or not placed:
        return ""
    name = word("map in words", page.lang).format(city.label(page.lang))
    heights = next((heights for most, heights in _HEIGHTS.items() if len(placed) <= most), _HIGHEST)
    with working("drawing the map"):
        pictures = "".join(
            _inline(_svg(city, placed, page.lang, size), name, kind)
            for kind, *size in zip(("narrow", "wide"), (_NARROW, _WIDE), heights, strict=True)
        )
    missing = ", ".join(tie.partner.label(page.lang) for tie in ties if tie.partner.coordinates is None)
    note = f"<p>{page.word('not on the map', missing)}</p>" if missing else ""
    return f"<figure>{pictures}<figcaption>{text(name)}</figcaption></figure>{note}"


def _svg(city: City, ties: Sequence[Tie], lang: str, size: Sequence[int]) -> str:
    chart = Charts(ties).map(centre=city, lang=lang, width=size[0], height=size[1])
    return str(vl_convert().vegalite_to_svg(chart.to_dict()))


def _inline(svg: str, name: str, kind: str) -> str:
    """
    A picture as part of a page: one image with a name, distinct ids, and numbers no finer than a screen.
    """
    head, _, inside = svg.partition(">")
    box = re.search(r'viewBox="[^"]*"', head)
    inside = re.sub(r' (?:aria-[a-z]+|role|class)="[^"]*"', "", inside)
    inside = re.sub(r'(id="|url\(#)', rf"\1{kind}-", inside)
    inside = re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), inside)
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img" aria-label="{attribute(name)}" {box[0] if box else ""}>{inside}'

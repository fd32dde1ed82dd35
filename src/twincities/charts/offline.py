"""
Charts that show themselves with and without a network, also after they were restyled.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from .._optional import require
from ..errors import QueryError, shown
from .palette import FONT, INK, PAPER, QUIET
from .style import word

__all__ = ["altair", "few_enough", "finished", "layer_of", "layered", "nothing", "offline", "vl_convert"]

# JupyterLab 4 draws Vega-Lite 5 itself; what these charts use means the same in 6, which altair writes.
_LAB_MIME, _LAB_SCHEMA = "application/vnd.vegalite.v5+json", "https://vega.github.io/schema/vega-lite/v5.json"
_STYLE: Mapping[str, Any] = {
    "font": FONT,
    "background": PAPER,
    "view": {"stroke": "#d5d5d5"},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 16,
        "subtitleColor": QUIET,
        "subtitleFont": FONT,
        "subtitleFontSize": 12,
        "subtitlePadding": 4,
    },
    "axis": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": 12, "titleFontWeight": "normal"},
    "legend": {"labelColor": INK, "labelFontSize": 12, "symbolStrokeWidth": 3},
}


def altair() -> Any:
    """
    The package altair.

    Raises:
        MissingDependencyError: It isn't installed.
    """
    return require("altair", extra="charts")


def vl_convert() -> Any:
    """
    The package vl_convert, which draws without a browser and without a network.

    Raises:
        MissingDependencyError: It isn't installed.
    """
    return require("vl_convert", extra="charts")


def few_enough(what: str, count: int, most: int) -> None:
    """
    See to it that a chart has no more than can be drawn and read.

    Raises:
        QueryError: There are more than *most*.
    """
    if count > most:
        narrower = "narrow the selection first, such as with where(country=...) or partners(...)"
        raise QueryError(f"expected at most {most:,} {what} in one chart, got {count:,}; {narrower}")


def layer_of(values: Iterable[Mapping[str, Any]], mark: Mapping[str, Any], **encoding: Any) -> Any:
    """
    An altair chart of one mark, from plain Vega-Lite: altair checks it when it is shown, not also piece by piece. Without
    values there is none, as a scale without values has no size.
    """
    alt = altair()
    found = tuple(values)  # which altair's many copies leave alone, other than a list
    return alt.Chart({"values": found}, mark=dict(mark), encoding=alt.FacetedEncoding(**encoding)) if found else None


def layered(*layers: Any, **properties: Any) -> Any:
    """
    Those of *layers* that have something to show, the first at the back.
    """
    return altair().layer(*(layer for layer in layers if layer is not None), **properties)


def nothing(lang: str) -> Any:
    """
    What is drawn where there is nothing to draw.
    """
    text = {"type": "text", "color": QUIET, "fontSize": 12}
    return layer_of([{"text": word("nothing", lang)}], text, text={"field": "text", "type": "nominal"}).properties(
        width=300, height=60
    )


def finished(chart: Any, title: str | None, subtitle: str | None, description: str) -> Any:
    """
    A chart with its title, with its description for those who don't see it, and in the style of the house.
    """
    vl_convert()  # without it nothing could be shown: better said now than by an empty cell
    if title or subtitle:
        chart = chart.properties(title={"text": title or "", "subtitle": subtitle or ""})
    return offline(chart.properties(description=description))


def offline(chart: Any) -> Any:
    """
    Any altair chart as one that shows itself in notebooks without asking another host. Those of this package are.

    Charts made from it are so too, in the style of the house as far as they and the altair theme in use say nothing else:
    `chart.properties(...)`, `chart.configure_axis(...)`, `chart | other`. altair's own functions, such as
    `alt.hconcat(chart, other)`, make charts of altair's.

    Raises:
        QueryError: *chart* isn't an altair chart.
        MissingDependencyError: altair isn't installed.
    """
    if not isinstance(chart, altair().TopLevelMixin):
        raise QueryError(f"expected an altair chart, got {shown(chart)}")
    if isinstance(chart, _Offline):
        return chart
    kind: Any = type(chart)
    copy = chart.copy(deep=False)
    object.__setattr__(
        copy, "__class__", _offline_class(kind)
    )  # altair has no way of its own to make one of another class
    return copy


class _Offline:
    """
    What a chart of this package does otherwise than altair's.
    """

    def to_dict(self, *args: Any, context: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
        inside = context is not None and not context.get("top_level", True)
        chart: Any = super() if inside else _styled(self)
        spec: dict[str, Any] = chart.to_dict(*args, context=context, **options)
        if "datasets" in spec:
            spec["datasets"] = {name: list(rows) for name, rows in spec["datasets"].items()}
        return spec

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, Any]:
        """
        What a notebook shows: Vega-Lite for those that draw it themselves, and a picture for all others.
        """
        spec = self.to_dict()
        return {
            _LAB_MIME: {**spec, "$schema": _LAB_SCHEMA},
            "image/svg+xml": vl_convert().vegalite_to_svg(spec),
            "text/plain": f"<{type(self).__name__}>",
        }

    def save(self, fp: Any, *args: Any, **options: Any) -> None:
        """
        As altair saves it, but a page has all scripts inside, as `charts.save` writes it.
        """
        if not args and not options and isinstance(fp, (str, os.PathLike)) and str(fp).lower().endswith(".html"):
            from .saving import save

            save(self, fp)
        else:
            chart: Any = super()
            chart.save(fp, *args, **options)

    def __reduce__(self) -> tuple[Any, ...]:
        return offline, (_plain(self),)

    # What altair makes of two charts is of altair's class.

    def __add__(self, other: Any) -> Any:
        return offline(super().__add__(other))  # type: ignore[misc]

    def __or__(self, other: Any) -> Any:
        return offline(super().__or__(other))  # type: ignore[misc]

    def __and__(self, other: Any) -> Any:
        return offline(super().__and__(other))  # type: ignore[misc]


@cache
def _offline_class(kind: Any) -> Any:
    return type(kind.__name__, (_Offline, kind), {"__module__": __name__, "__doc__": kind.__doc__})


def _plain(chart: Any) -> Any:
    """
    The same chart of altair's own class.
    """
    copy = chart.copy(deep=False)
    object.__setattr__(copy, "__class__", type(chart).__bases__[1])
    return copy


def _styled(chart: Any) -> Any:
    """
    The same chart of altair's own class, with the style of the house beneath the altair theme in use and its own style.
    """
    copy, alt = _plain(chart), altair()
    own = getattr(copy, "config", alt.Undefined)
    theme = alt.theme.get()().get("config", {})
    given = {} if own is alt.Undefined else own if isinstance(own, dict) else own.to_dict(validate=False)
    copy.config = _over(_over(_STYLE, theme), given)
    return copy


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """
    Two mappings in one: what *above* says counts.
    """
    merged = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], Mapping) and isinstance(above[key], Mapping):
            merged[key] = _over(below[key], above[key])
    return merged

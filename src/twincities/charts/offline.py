"""
Charts that work offline: shown in notebooks, also when restyled, and written to files.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .._files import as_path, write_atomically
from .._optional import require
from .._progress import working
from ..errors import QueryError, shown
from .html import html_page
from .style import FONT, INK, PAPER, QUIET, TITLE_SIZE

# JupyterLab 4 draws Vega-Lite 5 itself; what these charts use is the same in 6, which altair writes.
_LAB_MIME, _LAB_SCHEMA = "application/vnd.vegalite.v5+json", "https://vega.github.io/schema/vega-lite/v5.json"
# Text colours are set in the styles that themes override; the drawing itself and its legend stay on light paper.
_STYLE: Mapping[str, Any] = {
    "font": FONT,
    "background": PAPER,
    "view": {"stroke": "#d5d5d5", "fill": PAPER},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": TITLE_SIZE,
        "subtitleColor": QUIET,
        "subtitleFont": FONT,
        "subtitleFontSize": 12,
        "subtitlePadding": 4,
    },
    "axis": {"labelFontSize": 12, "titleFontWeight": "normal"},
    "legend": {
        "fillColor": PAPER,
        "labelColor": INK,
        "labelFontSize": 12,
        "offset": 12,
        "padding": 3,
        "symbolStrokeWidth": 3,
    },
    "style": {"guide-label": {"fill": INK}, "guide-title": {"fill": QUIET}},
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
    The package vl_convert, which draws without a browser or a network.

    Raises:
        MissingDependencyError: It isn't installed.
    """
    return require("vl_convert", extra="charts")


def offline(chart: Any) -> Any:
    """
    Turn any altair chart into one that shows itself in notebooks offline, as those of this package do.

    So do charts made from it with `chart.properties(...)`, `chart.configure_axis(...)` or `chart | other`. They have the
    style of this package beneath the altair theme in use and their own. altair's functions, such as
    `alt.hconcat(chart, other)`, return charts of altair's own.

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
    # altair has no way to make a chart of another class.
    object.__setattr__(copy, "__class__", _offline_class(kind))
    return copy


class _Offline:
    """
    The methods in which these charts differ from altair's.
    """

    def to_dict(self, *args: Any, context: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
        inside = context is not None and not context.get("top_level", True)
        chart: Any = super() if inside else _styled(self)
        spec: dict[str, Any] = chart.to_dict(*args, context=context, **options)
        if inside:
            spec.pop("usermeta", None)  # only whole charts have it
        else:
            spec = drawable(spec)
        if "datasets" in spec:
            spec["datasets"] = {name: list(rows) for name, rows in spec["datasets"].items()}
        return spec

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, Any]:
        """
        The bundle for notebooks: Vega-Lite for those that draw it themselves, a picture for all others.
        """
        spec = self.to_dict()
        return {
            _LAB_MIME: {**spec, "$schema": _LAB_SCHEMA},
            "image/svg+xml": vl_convert().vegalite_to_svg(spec),
            "text/plain": f"<{type(self).__name__}>",
        }

    def save(self, fp: Any, *args: Any, **options: Any) -> None:
        """
        Save as altair does, but replace files whole, and write pages with all scripts inside, as `charts.save` does.
        """
        if not isinstance(fp, (str, os.PathLike)):
            super().save(fp, *args, **options)  # type: ignore[misc]
        elif not args and not options and str(fp).lower().endswith(".html"):
            save(self, fp)
        else:
            ending = (args[0] if args else options.get("format")) or Path(fp).suffix[1:].lower()
            buffer: Any = io.BytesIO() if ending in {"png", "pdf"} else io.StringIO()
            given = options if args else {**options, "format": ending}
            super().save(buffer, *args, **given)  # type: ignore[misc]
            _write(fp, buffer.getvalue())

    def __reduce__(self) -> tuple[Any, ...]:
        return offline, (_plain(self),)

    # altair's operators return charts of altair's class.

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
    The same chart with altair's own class.
    """
    copy = chart.copy(deep=False)
    object.__setattr__(copy, "__class__", type(chart).__bases__[1])
    return copy


def _styled(chart: Any) -> Any:
    """
    The same chart with altair's own class, and the style of this package beneath the altair theme in use and its own style.
    Some altair themes only name one of Vega's.
    """
    copy, alt = _plain(chart), altair()
    own = getattr(copy, "config", alt.Undefined)
    theme = alt.theme.get()()
    named = theme.get("usermeta", {}).get("embedOptions", {}).get("theme")
    vega = vl_convert().get_themes().get(named, {}) if named else {}
    given = {} if own is alt.Undefined else own if isinstance(own, dict) else own.to_dict(validate=False)
    config = _over(_over(_over(_STYLE, vega), theme.get("config", {})), given)
    # Without a title, the notes take its place and look like a subtitle.
    copy.config = _over({"style": {"group-subtitle": {"fill": config["title"]["subtitleColor"]}}}, config)
    return copy


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """
    Two mappings merged, of which *above* wins.
    """
    merged = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], Mapping) and isinstance(above[key], Mapping):
            merged[key] = _over(below[key], above[key])
    return merged


def save(chart: Any, path: str | os.PathLike[str], *, scale: float = 2) -> None:
    """
    Write a chart to a file by its ending: `.html` (interactive, with all scripts inside), `.svg`, `.png`, `.pdf`, or
    `.json` (Vega-Lite). Neither writing nor viewing it needs a network. The file is replaced whole.

    Args:
        chart: An altair chart.
        path: The file.
        scale: For `.png`, the number of pixels for each of the chart's, more than 0 and at most 20.

    Raises:
        QueryError: The file name has another ending, *scale* is out of range, or *chart* isn't a chart.
        MissingDependencyError: vl-convert-python isn't installed.
        OSError: The file can't be written.
    """
    if not callable(getattr(chart, "to_dict", None)):
        raise QueryError(f"expected an altair chart, got {shown(chart)}")
    path = as_path(path)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise QueryError(f"expected a file name that ends in {', '.join(_WRITERS)}, got {shown(path.name)}")
    if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not 0 < scale <= 20:
        raise QueryError(f"expected scale= as a number above 0 and up to 20, got {shown(scale)}")
    with working(f"drawing {path.name}"):
        _write(path, writer(drawable(chart.to_dict()), scale))


def _write(path: str | os.PathLike[str], content: str | bytes) -> None:
    write_atomically(path, [content if isinstance(content, bytes) else content.encode()])


def drawable(spec: Any) -> Any:
    """
    Vega-Lite whose texts can be drawn: characters that XML can't hold would crash the interpreter, and are replaced (XML
    1.0, 2.2).
    """
    if isinstance(spec, str):
        return _UNDRAWN.sub("\N{REPLACEMENT CHARACTER}", spec)
    if isinstance(spec, dict):
        return {drawable(key): drawable(value) for key, value in spec.items()}
    return [drawable(item) for item in spec] if isinstance(spec, (list, tuple)) else spec


_UNDRAWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@cache
def _scripts() -> str:
    """
    Vega, Vega-Lite and Vega-Embed.
    """
    return str(vl_convert().javascript_bundle())


_Writer = Callable[[dict[str, Any], float], str | bytes]
_WRITERS: Mapping[str, _Writer] = {
    ".html": lambda spec, _: html_page(spec, _scripts()),
    ".svg": lambda spec, _: vl_convert().vegalite_to_svg(spec),
    ".png": lambda spec, scale: vl_convert().vegalite_to_png(spec, scale=scale),
    ".pdf": lambda spec, _: vl_convert().vegalite_to_pdf(spec),
    ".json": lambda spec, _: json.dumps(spec, ensure_ascii=False, indent=1),
}

"""
Charts as files that need no connection, neither to be written nor to be looked at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from .._files import write_atomically
from ..errors import QueryError, shown
from .offline import vl_convert

__all__ = ["save"]


def save(chart: Any, path: str | os.PathLike[str], *, scale: float = 2) -> None:
    """
    Write a chart to a file, by its ending: `.html` (interactive, with all scripts inside), `.svg`, `.png`, `.pdf`, or
    `.json` (Vega-Lite). No connection is needed to write it or to look at it. The file is replaced whole.

    Args:
        chart: An altair chart.
        path: The file.
        scale: For `.png`, how many pixels stand for one of the chart's, more than 0 and at most 20.

    Raises:
        QueryError: The file's name has another ending, *scale* isn't such a number, or *chart* isn't a chart.
        MissingDependencyError: vl-convert-python isn't installed.
        OSError: The file can't be written.
    """
    if not callable(getattr(chart, "to_dict", None)):
        raise QueryError(f"expected an altair chart, got {shown(chart)}")
    writer = _WRITERS.get(Path(path).suffix.lower())
    if writer is None:
        raise QueryError(f"expected a file name that ends in {', '.join(_WRITERS)}, got {shown(Path(path).name)}")
    if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not 0 < scale <= 20:
        raise QueryError(f"expected scale as a number above 0 and up to 20, got {shown(scale)}")
    write_atomically(path, [writer(chart.to_dict(), scale)])


# What the page may do: run what is in it, and nothing else. Vega makes functions of its expressions.
_POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"
_PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<script>{scripts}</script>
</head>
<body>
<div id="chart"></div>
<script>
vegaEmbed("#chart", {spec}, {{renderer: "svg", actions: {{export: true, source: false, compiled: false, editor: false}}}});
</script>
</body>
</html>
"""


def _html(spec: dict[str, Any], _: float) -> bytes:
    # Written here as vl-convert's own page lets a name such as "</script>" end its script.
    text = json.dumps(spec).replace("<", "\\u003c")
    title = spec.get("title") or "twincities"
    title = title.get("text", "") if isinstance(title, dict) else title
    page = _PAGE.format(policy=_POLICY, title=escape(str(title)), scripts=_scripts(), spec=text)
    return page.encode()


@cache
def _scripts() -> str:
    """
    Vega, Vega-Lite and Vega-Embed.
    """
    return str(vl_convert().javascript_bundle())


def _svg(spec: dict[str, Any], _: float) -> bytes:
    return str(vl_convert().vegalite_to_svg(spec)).encode()


def _png(spec: dict[str, Any], scale: float) -> bytes:
    return bytes(vl_convert().vegalite_to_png(spec, scale=scale))


def _pdf(spec: dict[str, Any], _: float) -> bytes:
    return bytes(vl_convert().vegalite_to_pdf(spec))


def _json(spec: dict[str, Any], _: float) -> bytes:
    return json.dumps(spec, ensure_ascii=False, indent=1).encode()


_WRITERS: Mapping[str, Callable[[dict[str, Any], float], bytes]] = {
    ".html": _html,
    ".svg": _svg,
    ".png": _png,
    ".pdf": _pdf,
    ".json": _json,
}
